package io.meshwright.trino;

import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static io.meshwright.trino.TestingMesh.ANALYST;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Asks one mesh, which all tests of a class share.
 */
@TestInstance(PER_CLASS)
abstract class BaseMeshTest
{
    protected TestingMesh mesh;

    protected TestingMesh createMesh()
            throws Exception
    {
        return new TestingMesh(0, Map.of());
    }

    @BeforeAll
    void openMesh()
            throws Exception
    {
        mesh = createMesh();
    }

    @AfterAll
    void closeMesh()
            throws IOException
    {
        if (mesh != null) {
            mesh.close();
        }
    }

    protected final List<List<Object>> rows(String user, @Language("SQL") String sql)
    {
        return rows(mesh.session(user), sql);
    }

    protected final List<List<Object>> rows(Session session, @Language("SQL") String sql)
    {
        return mesh.runner().execute(session, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .toList();
    }

    /**
     * Of the analyst, who has set a session property of the catalog.
     */
    protected final Session session(String property, String value)
    {
        return Session.builder(mesh.session(ANALYST)).setCatalogSessionProperty("mesh", property, value).build();
    }

    protected static List<Object> row(Object... values)
    {
        return Arrays.asList(values);
    }

    protected final List<Object> column(String user, @Language("SQL") String sql)
    {
        return mesh.query(user, sql).getOnlyColumn().toList();
    }

    protected final String failure(String user, @Language("SQL") String sql)
    {
        return failure(mesh.session(user), sql);
    }

    /**
     * The message of a statement that fails, without what the engine says of the place in the statement. No failure names files.
     */
    protected final String failure(Session session, @Language("SQL") String sql)
    {
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> mesh.runner().execute(session, sql)).as(sql).satisfies(failure -> message.append(failure.getMessage())).hasMessageNotContaining("file:");
        return message.toString().replaceFirst("^line [0-9]+:[0-9]+: ", "").replaceFirst("^Failed analyzing stored view '[^']*': ", "");
    }
}
