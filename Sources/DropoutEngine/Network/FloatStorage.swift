/// A block of floats, aligned to 64 bytes and 0 at the start.
///
/// Its address never changes.
package final class FloatStorage {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  package init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(1, count))
    base.initialize(repeating: 0, count: max(1, count))
  }

  deinit {
    UnsafeMutableRawPointer(base).deallocate()
  }

  /// Room for `count` rows of `units` units, padded because the kernels read and write whole lanes.
  package static func rows(_ count: Int, units: Int) -> FloatStorage {
    FloatStorage(count: NetworkLayout.padded(count) * NetworkLayout.rowStride(units))
  }

  /// Room for one bit for each of `units` units in each row, in whole 64-bit words.
  package static func bits(_ rows: Int, units: Int) -> FloatStorage {
    FloatStorage(count: rows * ((units + 63) / 64) * 2)
  }

  /// The block as 64-bit words.
  package var words: UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt64.self)
  }

  /// Whether all values of the first rows are finite.
  package func isFinite(rows: Int, stride: Int) -> Bool {
    (0..<rows * stride).allSatisfy { base[$0].isFinite }
  }

  /// Writes the same values to each of the first rows; their padding stays untouched.
  package func fill(rows: Int, with values: [Float]) {
    let stride = NetworkLayout.rowStride(values.count)
    for row in 0..<rows { (base + row * stride).update(from: values, count: values.count) }
  }

  /// The values of a matrix that is stored with padded rows.
  package func matrix(rows: Int, columns: Int, stride: Int) -> Matrix {
    Matrix(at: base, rows: rows, columns: columns, stride: stride)
  }
}
