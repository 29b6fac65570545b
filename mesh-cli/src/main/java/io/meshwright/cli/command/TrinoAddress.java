package io.meshwright.cli.command;

import io.meshwright.cli.CliRule;
import io.meshwright.cli.CommandContext;
import io.meshwright.cli.trino.LocalTrino;
import io.meshwright.model.finding.MeshException;

import java.net.URI;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;

/**
 * Which Trino a statement goes to: the local one of this folder, else the configured one.
 */
final class TrinoAddress
{
    private TrinoAddress() {}

    static String find(CommandContext context)
    {
        Optional<LocalTrino> local = LocalTrino.find(LocalTrinos.folder(context));
        if (local.isPresent()) {
            return local.orElseThrow().jdbcUrl();
        }
        return LocalTrinos.configuredTrino(Configurations.load(context))
                .map(trino -> jdbcUrl(trino.uri(), trino.catalog()))
                .orElseThrow(() -> new MeshException(
                        CliRule.TRINO_NOT_RUNNING,
                        EXTERNAL,
                        "No Trino runs in this folder, and none is configured",
                        "start one by: mesh up --detach; or name one as trino.uri in mesh.yaml"));
    }

    private static String jdbcUrl(URI uri, String catalog)
    {
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        return "jdbc:trino://" + uri.getHost() + ":" + port + "/" + catalog + (secure ? "?SSL=true" : "");
    }
}
