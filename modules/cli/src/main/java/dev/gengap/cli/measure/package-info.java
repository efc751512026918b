/** Measures of models, wherever they were trained. */
package dev.gengap.cli.measure;
