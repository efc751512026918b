/** The layers of networks: how each is written, the shapes it takes and gives, its tensors. */
package dev.gengap.network.layer;
