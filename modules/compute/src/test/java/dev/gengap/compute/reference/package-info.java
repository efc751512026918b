/** Every operation in plain loops, written from its formula: what backends are compared with. */
package dev.gengap.compute.reference;
