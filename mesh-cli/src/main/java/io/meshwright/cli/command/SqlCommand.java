package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.ExitCode;
import io.meshwright.cli.output.Json;
import io.meshwright.cli.output.OutputFormat;
import io.meshwright.cli.sql.Csv;
import io.meshwright.cli.sql.SqlResult;
import io.meshwright.cli.sql.TrinoSession;
import io.meshwright.model.finding.MeshException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import static io.meshwright.model.finding.MeshException.Cause.USER;

@Command(
        name = "sql",
        description = {
                "Run one statement on the local Trino of this folder (mesh up), or else on the one that trino.uri names.",
                "Output formats: table, csv, json. The default catalog is mesh, so orders.order_events is the product orders.order-events.",
        },
        footer = {"", "Example: mesh sql --user analyst \"SELECT count(*) FROM orders.order_events\""})
public final class SqlCommand
        extends BaseCommand
{
    private static final int TABLE_ROWS = 10_000;

    @Option(names = "--user", paramLabel = "USER", description = "Who asks; by default MESH_USER, or the name of the account.")
    private String user;

    @Parameters(paramLabel = "SQL", description = "One statement.")
    private String sql;

    public SqlCommand(CommandContext context)
    {
        super(context);
    }

    @Override
    protected Set<OutputFormat> formats()
    {
        return Set.of(OutputFormat.TABLE, OutputFormat.CSV, OutputFormat.JSON);
    }

    @Override
    protected ExitCode run()
    {
        if (sql.isBlank()) {
            throw new MeshException(CliRule.USAGE, USER, "The statement is empty", "for example: mesh sql \"SHOW SCHEMAS\"");
        }
        String url = TrinoAddress.find(context());
        try (TrinoSession session = TrinoSession.open(url, user())) {
            switch (format()) {
                case CSV -> printCsv(session);
                case JSON -> printJson(session.execute(sql));
                default -> printTable(session.execute(sql, TABLE_ROWS));
            }
        }
        return ExitCode.OK;
    }

    private void printCsv(TrinoSession session)
    {
        OptionalLong updated = session.stream(
                sql,
                columns -> console().data(Csv.header(columns)),
                row -> {
                    console().data(Csv.line(row));
                    return !context().console().out().checkError();
                });
        if (updated.isPresent()) {
            console().info("done" + changed(updated));
        }
    }

    private static String changed(OptionalLong updated)
    {
        if (updated.isEmpty()) {
            return "";
        }
        return ", " + updated.orElseThrow() + (updated.orElseThrow() == 1 ? " row changed" : " rows changed");
    }

    private void printJson(SqlResult result)
    {
        Map<String, Object> document = Json.document("QueryResult");
        document.put("columns", result.columns());
        document.put("rows", result.rows());
        document.put("updated", result.updated());
        console().data(Json.write(document));
    }

    private void printTable(SqlResult result)
    {
        if (result.columns().isEmpty()) {
            console().info("done" + changed(result.updated()));
            return;
        }
        result.table().lines().forEach(console()::data);
        int rows = result.rows().size();
        console().info("(" + rows + (rows == 1 ? " row)" : " rows)") + (result.complete() ? "" : ", there are more: -o csv prints all of them"));
    }

    private String user()
    {
        if (user != null && !user.isBlank()) {
            return user;
        }
        return context().environment().getOrDefault("MESH_USER", System.getProperty("user.name"));
    }
}
