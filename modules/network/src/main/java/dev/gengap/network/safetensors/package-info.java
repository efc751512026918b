/** Weights and examples in files of the safetensors format. */
package dev.gengap.network.safetensors;
