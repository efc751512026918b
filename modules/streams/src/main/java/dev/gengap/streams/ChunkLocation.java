package dev.gengap.streams;

/**
 * Where the chunks of a payload stand, and what they must amount to.
 *
 * @param payload name of the payload, as its chunks carry it
 * @param partition partition of the chunk topic
 * @param firstOffset offset of the first chunk
 * @param lastOffset offset of the last chunk; others may lie between its chunks
 * @param chunks number of chunks
 * @param bytes bytes of the payload
 * @param sha256 SHA-256 of the payload
 */
record ChunkLocation(
    String payload,
    int partition,
    long firstOffset,
    long lastOffset,
    int chunks,
    long bytes,
    String sha256) {}
