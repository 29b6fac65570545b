package io.meshwright.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar and writes its oldest class files (below Java 6) anew as Java 8's, with stack maps, because the JVM's
 * ahead-of-time cache leaves older ones out. Run by assemble.sh: {@code java RaiseClassVersion.java SOURCE TARGET}.
 */
public final class RaiseClassVersion
{
    private static final String NOTICE = "META-INF/meshwright-changes.txt";

    private RaiseClassVersion() {}

    public static void main(String[] arguments)
            throws IOException
    {
        Path source = Path.of(arguments[0]);
        try (JarFile jar = new JarFile(source.toFile());
                URLClassLoader loader = new URLClassLoader(new URL[] {source.toUri().toURL()});
                JarOutputStream target = new JarOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            // without a new constant pool the code is copied as it is, and no stack maps are made
            ClassFile classFile = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            List<JarEntry> entries = jar.stream().toList();
            for (JarEntry entry : entries) {
                try (InputStream input = jar.getInputStream(entry)) {
                    byte[] content = input.readAllBytes();
                    write(target, entry.getName(), entry.getTime(), entry.getName().endsWith(".class") ? raise(classFile, content) : content);
                }
            }
            String notice = "Meshwright wrote the class files of this jar anew in the version of Java 8, with stack maps. Their code is unchanged.\n";
            write(target, NOTICE, entries.getFirst().getTime(), notice.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] raise(ClassFile classFile, byte[] content)
    {
        ClassModel model = classFile.parse(content);
        if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return content;
        }
        return classFile.transformClass(model, (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            }
            else {
                builder.with(element);
            }
        });
    }

    private static void write(JarOutputStream target, String name, long time, byte[] content)
            throws IOException
    {
        JarEntry entry = new JarEntry(name);
        entry.setTime(time);
        target.putNextEntry(entry);
        target.write(content);
        target.closeEntry();
    }
}
