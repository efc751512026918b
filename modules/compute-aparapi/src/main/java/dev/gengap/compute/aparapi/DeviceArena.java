package dev.gengap.compute.aparapi;

import dev.gengap.compute.DeviceException;
import dev.gengap.compute.RowSource;
import java.util.Arrays;
import java.util.List;

/**
 * The memory of a workspace and its program, on the host and on the device. Confined to the
 * workspace's thread.
 *
 * <p>Host and device. Until the first pass runs, the host's array is the truth; then the device's.
 * Where the device works in the host's memory (a processor) they are one. Elsewhere only what
 * travels is copied, through two small arrays, since Aparapi copies whole arrays.
 *
 * <p>Growth. Tensors may be allocated at any time: the array grows before its next use, by fetching
 * what the device holds and making the kernel anew.
 *
 * <p>Loss. Where host and device are apart, Aparapi makes the device's buffer anew, from the stale
 * host's, when the garbage collector has moved the Java array. Element 0, which is 0 on the host
 * and marked on the device, tells: every read checks it. Arrays of more than 16 MiB do not move in
 * G1's heap, so the array is never smaller there.
 */
final class DeviceArena implements AutoCloseable {
  /** Elements of the array that carries a few numbers. */
  private static final int SMALL = 4096;

  /** Most elements that travel in one piece. */
  private static final int LARGE = 1 << 22;

  /** Aparapi counts an array's bytes in an int. */
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

  private static final int LARGEST_MOVED = (16 << 20) / Float.BYTES + 1024;
  private static final int ALIGNMENT = 16;
  private static final List<Integer> TRANSFERS =
      List.of(
          Opcode.MARK,
          Opcode.COPY_IN_SMALL,
          Opcode.COPY_IN_LARGE,
          Opcode.COPY_OUT_SMALL,
          Opcode.COPY_OUT_LARGE);

  private final OpenClDevice device;
  private final boolean apart;
  private final Program program = new Program();
  private float[] arena = new float[0];
  private float[] small = new float[1];
  private float[] large = new float[1];
  private float[] row = new float[0];
  private float[] made = new float[0];
  private int used = ALIGNMENT;
  private int longestTransfer;
  private Launcher launcher;
  private float mark;
  private boolean closed;

  DeviceArena(OpenClDevice device) {
    this.device = device;
    this.apart = !device.sharesHostMemory();
    TRANSFERS.forEach(opcode -> program.add(List.of(Instruction.of(opcode))));
  }

  /** Where {@code size} new zeros begin. */
  int allocate(int size) {
    requireOpen();
    long end = ((long) used + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (end > mostElements()) {
      throw new DeviceException(
          "memory: "
              + ((end * Float.BYTES) >> 20)
              + " MiB (expected: at most "
              + ((mostElements() * Float.BYTES) >> 20)
              + " MiB in one workspace on "
              + device.name()
              + ")");
    }
    int offset = used;
    used = (int) end;
    return offset;
  }

  /** Transfers of so many elements will be frequent. */
  void expectTransfers(int size) {
    longestTransfer = Math.max(longestTransfer, size);
  }

  /** Where the program of {@code instructions} begins. */
  int program(List<Instruction> instructions) {
    requireOpen();
    return program.add(instructions);
  }

  /** Replaces a number of an instruction. */
  void setNumber(int instruction, int index, double value) {
    program.setNumber(instruction, index, (float) value);
  }

  /** Runs {@code count} instructions from {@code start} on, one after the other. */
  void run(int start, int count) {
    requireOpen();
    if (count > 0) {
      start();
      launcher.launch(start, count);
    }
  }

  void write(int offset, float[] values, int count) {
    fitHost();
    if (!apart || launcher == null) {
      System.arraycopy(values, 0, arena, offset, count);
      return;
    }
    boolean few = count <= SMALL;
    float[] carrier = few ? small : large;
    for (int done = 0; done < count; done += carrier.length) {
      int n = Math.min(carrier.length, count - done);
      System.arraycopy(values, done, carrier, 0, n);
      launcher.put(carrier);
      transfer(few ? Opcode.COPY_IN_SMALL : Opcode.COPY_IN_LARGE, offset + done, n);
    }
  }

  /** Writes rows that are made on this thread, in one transfer. */
  void write(int offset, RowSource source, int rows, int columns) {
    if (row.length < columns) {
      row = new float[columns];
    }
    if (made.length < rows * columns) {
      made = new float[rows * columns];
    }
    for (int i = 0; i < rows; i++) {
      source.copy(i, row);
      System.arraycopy(row, 0, made, i * columns, columns);
    }
    write(offset, made, rows * columns);
  }

  void read(int offset, float[] into, int count) {
    fitHost();
    if (!apart || launcher == null) {
      System.arraycopy(arena, offset, into, 0, count);
      return;
    }
    boolean few = count < SMALL;
    float[] carrier = few ? small : large;
    for (int done = 0; done < count; done += carrier.length - 1) {
      int n = Math.min(carrier.length - 1, count - done);
      transfer(few ? Opcode.COPY_OUT_SMALL : Opcode.COPY_OUT_LARGE, offset + done, n);
      launcher.get(carrier);
      requireMark(carrier[0]);
      System.arraycopy(carrier, 1, into, done, n);
    }
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("workspace: closed (expected: open)");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      dropLauncher();
      arena = new float[0];
    }
  }

  private void transfer(int opcode, int offset, int count) {
    launcher.transfer(TRANSFERS.indexOf(opcode), offset, count);
  }

  /** Takes the arena to the device, if it is not there. */
  void start() {
    fitHost();
    if (launcher == null) {
      launcher = new Launcher(device, program, arena, small, large);
      mark++;
      launcher.mark(TRANSFERS.indexOf(Opcode.MARK), mark);
    }
  }

  /** Makes the arrays long enough for everything allocated, and drops the kernel if it must. */
  private void fitHost() {
    requireOpen();
    int carried = Math.min(LARGE, Math.max(1 << 16, longestTransfer + 1));
    if (used <= arena.length && (!apart || carried <= large.length)) {
      return;
    }
    fetch();
    dropLauncher();
    if (apart && carried > large.length) {
      small = new float[SMALL];
      large = new float[carried];
    }
    if (used > arena.length) {
      arena = Arrays.copyOf(arena, newLength());
    }
  }

  /** Just enough the first time; then with room for more, since growing costs a new kernel. */
  private int newLength() {
    int wanted = arena.length == 0 ? used : (int) Math.min(mostElements(), used + used / 4L);
    return apart ? Math.max(wanted, LARGEST_MOVED) : wanted;
  }

  private long mostElements() {
    return Math.min(MOST_ELEMENTS, device.largestAllocation() / Float.BYTES);
  }

  private void fetch() {
    if (apart && launcher != null) {
      launcher.get(arena);
      requireMark(arena[0]);
      arena[0] = 0;
    }
  }

  private void requireMark(float found) {
    if (found != mark) {
      throw new DeviceException(
          "memory of "
              + device.name()
              + ": lost when the Java heap was compacted (expected: kept); run Java with -XX:+UseG1GC");
    }
  }

  private void dropLauncher() {
    if (launcher != null) {
      launcher.close();
      launcher = null;
    }
  }
}
