/** Whole commands as their users start them: every test starts processes of their own. */
package dev.gengap.systemtests.process;
