package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestLegacyGuard
{
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
            // at 09:30 in Berlin
            "08:00-18:00, true",
            "09:30-09:31, true",
            "08:00-09:30, false",
            "22:00-09:31, true",
            "22:00-09:30, false",
    })
    void testBlackoutHours(String hours, boolean refused)
    {
        LegacyGuard guard = new LegacyGuard(Optional.of(hours), BERLIN, Optional.empty(), at("2026-11-20T08:30:00Z"));
        if (refused) {
            assertThatThrownBy(guard::check).isInstanceOf(MeshException.class).hasMessage("The legacy warehouse is left alone at " + hours + " (Europe/Berlin)");
        }
        else {
            assertThatCode(guard::check).doesNotThrowAnyException();
        }
    }

    @Test
    void testHoursThatAreNone()
    {
        assertThatThrownBy(new LegacyGuard(Optional.of("nine to five"), BERLIN, Optional.empty(), at("2026-11-20T08:30:00Z"))::check)
                .isInstanceOf(MeshException.class)
                .hasMessage("migration.protect.blackout is not understood: nine to five");
    }

    @Test
    void testPauseFileStopsAtOnce(@TempDir Path folder)
            throws IOException
    {
        Path pause = folder.resolve("legacy.paused");
        LegacyGuard guard = new LegacyGuard(Optional.empty(), BERLIN, Optional.of(pause), at("2026-11-20T08:30:00Z"));
        guard.check();
        Files.createFile(pause);
        assertThatThrownBy(guard::check).isInstanceOf(MeshException.class).hasMessage("The legacy warehouse is paused by the file legacy.paused");
        Files.delete(pause);
        assertThatCode(guard::check).doesNotThrowAnyException();
    }

    private static Clock at(String instant)
    {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
