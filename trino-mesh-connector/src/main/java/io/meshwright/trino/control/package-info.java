/**
 * What products tell about themselves in SQL: {@code "order_events$sla"} and its like, and the schema {@code meta}.
 * Every row is shown or not by the identity of the session that executes, also within views.
 */
package io.meshwright.trino.control;
