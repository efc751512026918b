/** How the programs in bin behave, and what a started process loads. */
package dev.gengap.systemtests.launcher;
