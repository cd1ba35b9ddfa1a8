/// A block of floats at one address for as long as it lives, aligned to 64 bytes and 0 at the start.
final class FloatStorage {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(1, count))
    base.initialize(repeating: 0, count: max(1, count))
  }

  deinit {
    UnsafeMutableRawPointer(base).deallocate()
  }

  /// The values of a matrix that is stored with padded rows.
  func matrix(rows: Int, columns: Int, stride: Int) -> Matrix {
    var elements: [Float] = []
    elements.reserveCapacity(rows * columns)
    for row in 0..<rows {
      elements.append(contentsOf: UnsafeBufferPointer(start: base + row * stride, count: columns))
    }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}
