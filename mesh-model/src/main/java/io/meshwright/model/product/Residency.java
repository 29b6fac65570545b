package io.meshwright.model.product;

import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which regions of object stores belong to a residency. A residency is one of the names here, or itself a region or the beginning of one,
 * for example {@code eu-central-1}.
 */
public final class Residency
{
    // AWS, Google Cloud and Azure, by the beginning of their names
    private static final Map<String, List<String>> REGIONS = ImmutableMap.<String, List<String>>builder()
            .put("EU", List.of("eu-", "europe-", "westeurope", "northeurope", "germany", "france", "sweden", "poland", "italy", "spain", "austria", "denmark", "finland", "belgium"))
            .put("UK", List.of("eu-west-2", "europe-west2", "uksouth", "ukwest"))
            .put("CH", List.of("eu-central-2", "europe-west6", "switzerland"))
            .put("US", List.of("us-", "eastus", "westus", "centralus", "northcentralus", "southcentralus", "westcentralus"))
            .put("CA", List.of("ca-", "northamerica-northeast", "canada"))
            .put("APAC", List.of("ap-", "asia-", "australia", "eastasia", "southeastasia", "japan", "korea", "centralindia", "southindia", "westindia"))
            .buildOrThrow();
    // in the prefix of the EU, but of countries outside
    private static final List<String> OUTSIDE_EU = List.of("eu-west-2", "europe-west2", "eu-central-2", "europe-west6");
    private static final Pattern REGION_NAME = Pattern.compile("(?<![a-z0-9])(?:(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\\d|"
            + "(?:europe|us|asia|australia|northamerica|southamerica|me|africa)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)\\d{1,2})(?![a-z0-9])");
    private static final Pattern BUCKET = Pattern.compile("[a-z][a-z0-9+.-]*://(?:[^/@]*@)?([^/]+)(?:/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTINENT = Pattern.compile("(eu|us|ap|ca|europe|asia)-.*");
    private static final Pattern REGION_LIKE = Pattern.compile("[a-z]{2,}-[a-z0-9-]+");

    private Residency() {}

    /**
     * The names, for messages.
     */
    public static List<String> names()
    {
        return List.copyOf(REGIONS.keySet());
    }

    /**
     * Whether anything can belong to this residency.
     */
    public static boolean isKnown(String residency)
    {
        return REGIONS.containsKey(residency.toUpperCase(Locale.ROOT)) || REGION_LIKE.matcher(residency.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Whether a region belongs to a residency.
     */
    public static boolean contains(String residency, String region)
    {
        String folded = region.strip().toLowerCase(Locale.ROOT);
        String name = residency.toUpperCase(Locale.ROOT);
        if (name.equals("EU") && OUTSIDE_EU.stream().anyMatch(outside -> folded.equals(outside) || folded.startsWith(outside + "-"))) {
            return false;
        }
        return REGIONS.getOrDefault(name, List.of(residency.toLowerCase(Locale.ROOT))).stream().anyMatch(folded::startsWith);
    }

    /**
     * The region that the bucket of a location names; the path below the bucket says nothing.
     */
    public static Optional<String> regionOf(String location)
    {
        return bucketOf(location).map(REGION_NAME::matcher).filter(Matcher::find).map(Matcher::group);
    }

    /**
     * The bucket of a location, where its name begins like that of a region, for example {@code eu-lake}.
     */
    static Optional<String> bucketLikeRegion(String location)
    {
        return bucketOf(location).filter(bucket -> CONTINENT.matcher(bucket).matches());
    }

    private static Optional<String> bucketOf(String location)
    {
        Matcher matcher = BUCKET.matcher(location);
        return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
