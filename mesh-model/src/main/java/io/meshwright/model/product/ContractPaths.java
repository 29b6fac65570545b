package io.meshwright.model.product;

import java.util.ArrayList;
import java.util.List;

/**
 * Resolves a contract's path against the specification's file by text alone.
 */
final class ContractPaths
{
    private ContractPaths() {}

    /**
     * {@code orders/dataproduct.yaml} and {@code ./contracts/v1.yaml} give {@code orders/contracts/v1.yaml}.
     */
    static String resolve(String file, String path)
    {
        int folder = file.replace('\\', '/').lastIndexOf('/');
        String joined = path.startsWith("/") ? path : file.substring(0, folder + 1) + path;
        boolean absolute = joined.startsWith("/");
        List<String> segments = new ArrayList<>();
        for (String segment : joined.split("[/\\\\]+")) {
            boolean up = segment.equals("..") && !segments.isEmpty() && !segments.get(segments.size() - 1).equals("..");
            if (up) {
                segments.remove(segments.size() - 1);
            }
            else if (!segment.isEmpty() && !segment.equals(".") && !(absolute && segment.equals(".."))) {
                segments.add(segment);
            }
        }
        return (absolute ? "/" : "") + String.join("/", segments);
    }
}
