package io.meshwright.model.check;

import io.meshwright.model.finding.MeshException;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;

import java.util.function.UnaryOperator;

import static io.meshwright.model.check.CheckRule.SQL_SYNTAX;
import static io.meshwright.model.check.CheckRule.SQL_TABLE;
import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * An expression over the columns of one table, such as a filter, proven to be free of subqueries and side effects.
 * The text is written anew from what was understood.
 *
 * @param text with names quoted by backticks where they were quoted
 */
public record ReadOnlyExpression(String text)
{
    public ReadOnlyExpression
    {
        requireNonNull(text, "text is null");
    }

    /**
     * @throws MeshException with a {@link CheckRule} where the text is anything else than one harmless expression
     */
    public static ReadOnlyExpression parse(String expression)
    {
        return new ReadOnlyExpression(parsed(expression, placeholder -> {
            throw SqlText.refused("The placeholder {" + placeholder + "} has no meaning here", "write the name itself");
        }).toString());
    }

    /**
     * @param placeholders gives the name that a placeholder stands for
     */
    static Expression parsed(String expression, UnaryOperator<String> placeholders)
    {
        requireNonNull(expression, "expression is null");
        String normalized = SqlText.normalize(expression, placeholders);
        Expression parsed;
        try {
            // in parentheses, so that nothing can follow the expression
            parsed = CCJSqlParserUtil.parseExpression("(" + normalized + ")", false);
        }
        catch (JSQLParserException e) {
            throw new MeshException(SQL_SYNTAX, USER, "The expression is not understood: " + ReadOnlySql.firstLine(e), "write one standard SQL expression", e);
        }
        if (!SqlNodes.tablesOf(parsed).isEmpty()) {
            throw new MeshException(SQL_TABLE, USER, "The expression has a subquery", "use the columns of the table only");
        }
        return parsed;
    }

    /**
     * The same with names quoted as in standard SQL, for a database.
     */
    public String ansiText()
    {
        StringBuilder ansi = new StringBuilder(text.length());
        boolean literal = false;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '\'') {
                literal = !literal;
            }
            ansi.append(character == '`' && !literal ? '"' : character);
        }
        return ansi.toString();
    }
}
