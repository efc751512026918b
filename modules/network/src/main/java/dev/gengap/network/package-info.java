/** Networks: what they are made of, the language they are written in, and their parameters. */
package dev.gengap.network;
