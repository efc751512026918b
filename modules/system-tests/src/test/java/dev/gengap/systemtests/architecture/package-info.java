/** The architecture as a test, and proof that each of its rules can fail. */
package dev.gengap.systemtests.architecture;
