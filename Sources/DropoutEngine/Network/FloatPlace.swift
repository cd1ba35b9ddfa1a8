/// A place in a block of floats with the number of floats from there to the block's end: the memory
/// that a kernel may touch.
package struct FloatPlace {
  package let base: UnsafeMutablePointer<Float>
  package let room: Int

  /// Checks, in a debug build, that rows of `columns` floats, `stride` apart, lie within the block.
  @inline(__always)
  package func assertRoom(rows: Int, columns: Int, stride: Int) {
    assert(
      rows == 0 || (rows - 1) * stride + columns <= room,
      "\(rows) rows of \(columns) floats, \(stride) apart, reach beyond \(room)")
  }
}

extension FloatStorage {
  /// The place `offset` floats further on.
  @inline(__always)
  package func place(_ offset: Int = 0) -> FloatPlace {
    FloatPlace(base: base + offset, room: count - offset)
  }

  /// Checks, in a debug build, that rows of `columns` floats, `stride` apart, lie within the block.
  @inline(__always)
  package func assertRoom(rows: Int, columns: Int, stride: Int) {
    place().assertRoom(rows: rows, columns: columns, stride: stride)
  }
}

extension UnsafeBufferPointer<Float> {
  /// The first of a network's parameters, for the kernels.
  ///
  /// A debug build checks that the block is that of the layout.
  @inline(__always)
  func start(of layout: NetworkLayout) -> UnsafePointer<Float> {
    assert(count == layout.count, "a block of \(count) parameters for \(layout.count)")
    guard let baseAddress else { preconditionFailure("a network needs parameters") }
    return baseAddress
  }
}
