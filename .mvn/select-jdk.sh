# Sourced by mvnw and mesh (POSIX sh): sets JAVA_HOME to a JDK that is new enough, or explains what to install and exits.
# Reads the "release" file of each candidate instead of starting it, so that it costs a few milliseconds.

meshwright_java_minimum=25

# Prints the feature version of the JDK in $1 (0 when it is not a complete JDK).
meshwright_jdk_feature() {
    if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then
        echo 0
        return 0
    fi
    meshwright_feature=0
    while IFS='=' read -r meshwright_key meshwright_value || [ -n "$meshwright_key" ]; do
        if [ "$meshwright_key" = JAVA_VERSION ]; then
            meshwright_value=${meshwright_value#\"}
            meshwright_value=${meshwright_value#1.}
            meshwright_feature=${meshwright_value%%[!0-9]*}
        fi
    done <"$1/release"
    echo "${meshwright_feature:-0}"
}

# Succeeds when $1 is a JDK that this project can build and run on.
meshwright_jdk_suits() {
    [ "$(meshwright_jdk_feature "$1")" -ge "$meshwright_java_minimum" ]
}

# Prints the home of the java command on the PATH, following symbolic links.
meshwright_path_java_home() {
    meshwright_java=$(command -v java 2>/dev/null) || return 0
    while [ -h "$meshwright_java" ]; do
        meshwright_link=$(readlink "$meshwright_java") || return 0
        case $meshwright_link in
            /*) meshwright_java=$meshwright_link ;;
            *) meshwright_java=$(dirname "$meshwright_java")/$meshwright_link ;;
        esac
    done
    meshwright_bin=$(dirname "$meshwright_java")
    (CDPATH='' cd "$meshwright_bin/.." 2>/dev/null && pwd -P) || return 0
}

# Sets JAVA_HOME to the first JDK that suits; fails when there is none.
meshwright_select_jdk() {
    for meshwright_candidate in \
        "${JAVA_HOME-}" \
        "$(meshwright_path_java_home)" \
        /usr/lib/jvm/* \
        /usr/lib64/jvm/* \
        /usr/java/* \
        /opt/java/* \
        /opt/jdk* \
        "${HOME-}"/.sdkman/candidates/java/* \
        "${HOME-}"/.jdks/* \
        "${HOME-}"/.local/share/mise/installs/java/* \
        "${HOME-}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [ -n "$meshwright_candidate" ] && meshwright_jdk_suits "$meshwright_candidate"; then
            JAVA_HOME=$meshwright_candidate
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

if ! meshwright_select_jdk; then
    cat >&2 <<MESSAGE
Meshwright needs a JDK (with javac) of version $meshwright_java_minimum or newer; none was found in JAVA_HOME, on the PATH or in the usual folders.
Install one, for example:
  Debian, Ubuntu   apt-get install openjdk-$meshwright_java_minimum-jdk-headless   (or temurin-$meshwright_java_minimum-jdk from Adoptium's repository)
  Fedora, RHEL     dnf install java-$meshwright_java_minimum-openjdk-devel
  macOS            brew install openjdk@$meshwright_java_minimum
  any (SDKMAN!)    sdk install java $meshwright_java_minimum-tem
or set JAVA_HOME to such a JDK.
MESSAGE
    exit 1
fi
