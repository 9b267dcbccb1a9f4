package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.feecenter.ledger.LedgerDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** How rows of the database become rows of the API. */
final class Rows {

    private Rows() {}

    /** The database, which reads these types of rows. */
    static Jdbi of(DataSource source, Class<?>... types) {
        Jdbi jdbi = LedgerDatabase.jdbi(source);
        jdbi.registerColumnMapper(JsonNode.class, Rows::json);
        for (Class<?> type : types) {
            jdbi.registerRowMapper(ConstructorMapper.factory(type));
        }
        return jdbi;
    }

    private static JsonNode json(ResultSet row, int column, StatementContext context) throws SQLException {
        String text = row.getString(column);
        try {
            return Json.read((text == null ? "null" : text).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("column %d is no JSON".formatted(column), e);
        }
    }

    /** An amount to the cent. */
    static BigDecimal amount(BigDecimal amount) {
        return amount.setScale(2);
    }

    /** A quantity without zeros behind the last digit. */
    static BigDecimal quantity(BigDecimal quantity) {
        return quantity.stripTrailingZeros();
    }
}
