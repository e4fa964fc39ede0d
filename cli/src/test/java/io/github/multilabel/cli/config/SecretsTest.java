package io.github.multilabel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://me:secret@host/a.csv https://me:***@host/a.csv",
                "--csv=https://me:se@cret@host/a.csv --csv=https://me:***@host/a.csv",
                "jdbc:postgresql://host/db?user=me&password=secret&ssl=true jdbc:postgresql://host/db?user=me&password=***&ssl=true",
                "jdbc:sqlserver://host;user=me;Password=secret;encrypt=true jdbc:sqlserver://host;user=me;Password=***;encrypt=true",
                "jdbc:oracle:thin:scott/tiger@//host:1521/x jdbc:oracle:thin:scott/***@//host:1521/x",
                "https://host/a?sig=abc%2F&X-Amz-Signature=1f&id=3 https://host/a?sig=***&X-Amz-Signature=***&id=3",
                "https://host/a?access_token=abc https://host/a?access_token=***",
            })
    void passwordsInAddressesAreMasked(String address, String masked) {
        assertThat(Secrets.masked(address)).isEqualTo(masked);
        assertThat(Secrets.isMasked(masked)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cars.csv",
                "password=secret.csv",
                "https://host:8080/a@b.csv",
                "https://host/user:name@x",
                "a:b@c",
                "jdbc:sqlite:cars.db",
                "s3://bucket/key",
                "***"
            })
    void whatIsNoPasswordStays(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }
}
