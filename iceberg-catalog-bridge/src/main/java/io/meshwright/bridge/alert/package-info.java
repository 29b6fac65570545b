/**
 * Pages people when a promise is broken, and tells them when it holds again. What is wrong, and since when, is derived from the recorded
 * measurements alone, so any machine that runs a check can page, and none needs to remember anything.
 */
package io.meshwright.bridge.alert;
