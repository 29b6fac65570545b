package io.meshwright.model.reconciliation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.product.DataProductSpec;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.io.BaseEncoding.base16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * Writes keys of rows so that they may be shown: a column that is classified only as the first 16 hexadecimal digits of its HMAC-SHA256. The key of the HMAC is made for the run and
 * forgotten with it, so equal keys are told within one report, and nobody can try values against it later. Not thread-safe.
 */
public final class MaskedKey
{
    private static final int DIGITS = 16;

    private final List<String> columns;
    private final Set<String> clear;
    private final Mac mac;

    /**
     * @param columns of the key
     * @param clear those that may be shown; all others are masked
     */
    public MaskedKey(List<String> columns, Set<String> clear)
    {
        this(columns, clear, randomKey());
    }

    /**
     * @param columns of the key, of the product
     * @param model of the contract; without one nobody has said that a column may be shown, and all are masked
     */
    public static MaskedKey of(List<String> columns, DataProductSpec product, Optional<ContractModel> model)
    {
        return new MaskedKey(columns, model.map(fields -> clear(columns, product, fields)).orElse(ImmutableSet.of()));
    }

    private static Set<String> clear(List<String> columns, DataProductSpec product, ContractModel model)
    {
        MaskPlan masks = MaskPlan.of(product, model);
        Map<String, ContractField> fields = model.fieldPaths();
        return columns.stream()
                .filter(fields::containsKey)
                .filter(column -> masks.mask(column).isEmpty() && fields.get(column).classification().isEmpty())
                .collect(toImmutableSet());
    }

    MaskedKey(List<String> columns, Set<String> clear, byte[] runKey)
    {
        this.columns = ImmutableList.copyOf(columns);
        this.clear = ImmutableSet.copyOf(clear);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(runKey, "HmacSHA256"));
        }
        catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256", e);
        }
    }

    /**
     * @param key values in the order of the columns, where null is a value that is missing
     */
    public String text(List<Object> key)
    {
        checkArgument(key.size() == columns.size(), "Not a value for each of %s: %s values", columns, key.size());
        List<String> parts = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            String column = columns.get(index);
            Object value = key.get(index);
            String shown = value == null ? "NULL" : clear.contains(column) ? plain(value) : masked(column, value);
            parts.add(columns.size() == 1 ? shown : column + "=" + shown);
        }
        return parts.stream().collect(joining(", "));
    }

    private String masked(String column, Object value)
    {
        // the column is part of it, so that equal values of two columns do not show
        byte[] digest = mac.doFinal((column + "\u001F" + plain(value)).getBytes(UTF_8));
        return base16().lowerCase().encode(digest).substring(0, DIGITS);
    }

    private static String plain(Object value)
    {
        return value instanceof byte[] bytes ? base16().lowerCase().encode(bytes) : value.toString();
    }

    private static byte[] randomKey()
    {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
