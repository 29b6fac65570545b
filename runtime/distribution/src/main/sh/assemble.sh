#!/bin/sh
# Assembles the folder that a user unpacks from what the modules built. Third-party jars are hard links (copies where the
# file system cannot link), so a rebuild costs a second and no disk space.
#
#   assemble.sh REPOSITORY_ROOT VERSION JAVA_HOME
set -eu

root=$1
version=$2
java_home=$3
target=$root/runtime/distribution/target
layout=$target/meshwright

# Links FILES into FOLDER; jars of this build are copied, because the next build rewrites them in place.
place() {
    folder=$1
    shift
    mkdir -p "$folder"
    for file in "$@"; do
        if [ -e "$folder/${file##*/}" ]; then
            echo "Two files named ${file##*/} for $folder" >&2
            exit 1
        fi
        case $file in
            "$root"/*) cp -p "$file" "$folder/" ;;
            *) ln "$file" "$folder/" 2>/dev/null || cp -p "$file" "$folder/" ;;
        esac
    done
}

# Places each jar of the class path that MODULE wrote into FOLDER.
place_class_path() {
    folder=$1
    module=$2
    saved_separator=$IFS
    IFS=:
    # shellcheck disable=SC2046
    set -- $(cat "$root/$module/target/class-path")
    IFS=$saved_separator
    place "$folder" "$@"
}

rm -rf "$layout"

place_class_path "$layout/lib" mesh-cli
place "$layout/lib" "$root/mesh-cli/target/mesh-cli-$version.jar"

# The start-up cache leaves out picocli's class files as they come, and every command begins with them. The link is
# removed first: what is written through it would change Maven's repository.
for jar in "$layout"/lib/picocli-*.jar; do
    mv "$jar" "$target/picocli-original.jar"
    "$java_home/bin/java" "$root/runtime/distribution/src/main/java/io/meshwright/runtime/RaiseClassVersion.java" "$target/picocli-original.jar" "$jar"
    rm "$target/picocli-original.jar"
done

place_class_path "$layout/trino/lib" runtime/trino-server
place "$layout/trino/lib" "$root/runtime/trino-server/target/mesh-runtime-trino-server-$version.jar"
place "$layout/trino" "$root/runtime/trino-server/src/main/jvm.options"

place_class_path "$layout/trino/plugin/mesh" trino-mesh-connector
# Iceberg's own connector (the raw catalog) runs on the same third-party jars.
mkdir -p "$layout/trino/plugin/iceberg"
for jar in "$layout"/trino/plugin/mesh/*.jar; do
    case ${jar##*/} in
        mesh-model-* | iceberg-catalog-bridge-*) ;;
        *) ln "$jar" "$layout/trino/plugin/iceberg/" 2>/dev/null || cp -p "$jar" "$layout/trino/plugin/iceberg/" ;;
    esac
done
place "$layout/trino/plugin/iceberg" "$target/mesh-runtime-distribution-$version-iceberg-services.jar"
place "$layout/trino/plugin/mesh" \
    "$root/trino-mesh-connector/target/trino-mesh-connector-$version.jar" \
    "$root/trino-mesh-connector/target/trino-mesh-connector-$version-services.jar"

# A legacy warehouse as a catalog of its own.
place_class_path "$layout/trino/plugin/legacy-postgresql" trino-legacy-postgresql
place "$layout/trino/plugin/legacy-postgresql" \
    "$root/trino-legacy-postgresql/target/trino-legacy-postgresql-$version.jar" \
    "$root/trino-legacy-postgresql/target/trino-legacy-postgresql-$version-services.jar"

place_class_path "$layout/spark/lib" runtime/spark
place "$layout/spark/lib" "$root/spark-quality-jobs/target/spark-quality-jobs-$version-all.jar"
place "$layout/spark" "$root/runtime/spark/src/main/jvm.options"

place "$layout/bin" "$root/mesh" "$root/.mvn/select-jdk.sh"
place "$layout" "$root/LICENSE"
cp -R "$root/examples" "$layout/"

# Last, because the launcher takes it as the sign of a complete folder: it names the start-up cache.
if command -v sha256sum >/dev/null; then
    hash_files() { sha256sum "$@"; }
else
    hash_files() { shasum -a 256 "$@"; }
fi
(cd "$layout/lib" && hash_files ./*.jar) | hash_files | cut -c 1-16 >"$layout/lib/class-path.hash"
