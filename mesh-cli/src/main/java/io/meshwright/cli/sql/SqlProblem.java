package io.meshwright.cli.sql;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.RuleCatalog;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Rule;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * Turns what Trino answers into a problem with its rule: the rule that the connector names, where it names one.
 */
final class SqlProblem
{
    private static final Pattern FAILED = Pattern.compile("Query failed \\(#[^)]*\\): (?<message>.*)", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("\\[?(?<id>MESH-[A-Z]+-\\d{3})]?:? ?");
    // registry, storage or keys out of order: no other statement would help
    private static final Set<String> NOT_THE_STATEMENT = Set.of("MESH-TRINO-002", "MESH-TRINO-011", "MESH-TRINO-013", "MESH-TRINO-025", "MESH-TRINO-026");
    private static final int PERMISSION_DENIED = 4;
    private static final int INTERNAL_ERRORS = 0x1_0000;
    private static final int RESOURCE_ERRORS = 0x2_0000;
    private static final int CONNECTOR_ERRORS = 0x100_0000;

    private SqlProblem() {}

    static MeshException of(SQLException exception, String url, String user)
    {
        Matcher failed = FAILED.matcher(exception.getMessage() == null ? "" : exception.getMessage());
        if (!failed.matches()) {
            return new MeshException(
                    CliRule.SQL_UNREACHABLE,
                    EXTERNAL,
                    "No answer from Trino at " + url + ": " + innermost(exception),
                    "start one by: mesh up; or name another one as trino.uri in mesh.yaml",
                    exception);
        }
        String message = failed.group("message");
        Matcher named = RULE.matcher(message);
        if (named.find()) {
            Rule rule = RuleCatalog.named(named.group("id"));
            String withoutRule = message.substring(0, named.start()) + message.substring(named.end());
            if (NOT_THE_STATEMENT.contains(rule.id())) {
                return new MeshException(rule, EXTERNAL, withoutRule, "wait until the catalog and its storage answer, or ask who runs them", exception);
            }
            return problem(rule, rule, withoutRule, user, exception);
        }
        return problem(CliRule.SQL_DENIED, CliRule.SQL_FAILED, message, user, exception);
    }

    private static MeshException problem(Rule denied, Rule failed, String message, String user, SQLException exception)
    {
        int code = exception.getErrorCode();
        if (code == PERMISSION_DENIED) {
            return new MeshException(denied, REFUSED, message, deniedFix(denied, user), exception);
        }
        if (code >= INTERNAL_ERRORS && code < RESOURCE_ERRORS) {
            return new MeshException(failed, USER, "Trino failed: " + message, "look into the server's log", exception);
        }
        if (code >= RESOURCE_ERRORS && code < CONNECTOR_ERRORS) {
            return new MeshException(failed, EXTERNAL, message, "look into the server's log", exception);
        }
        return new MeshException(failed, USER, message, "correct the statement; names are listed by: mesh sql \"SHOW SCHEMAS\" and \"SHOW TABLES FROM schema\"", exception);
    }

    private static String deniedFix(Rule denied, String user)
    {
        return switch (denied.id()) {
            // nobody may, whoever asks
            case "MESH-TRINO-008" -> "write to the product's own table, not to its address; on a Trino of mesh up that is in the catalog lake, as a user of the group producers";
            case "MESH-TRINO-009" -> "create the view with SECURITY INVOKER, so that each reader sees what is theirs to see";
            default -> "ask as another user, or ask the product's owner for access; user " + user + " has no right to this";
        };
    }

    private static String innermost(Throwable exception)
    {
        Throwable cause = exception;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
