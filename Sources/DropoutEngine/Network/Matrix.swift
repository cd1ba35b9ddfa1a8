/// A matrix of Floats in row-major order: shape `[rows][columns]`.
///
/// Evidence, weights on their way to a file and the targets of datasets are matrices. The engine's
/// own storage is padded and private; a matrix is the readable form.
public struct Matrix: Equatable, Sendable {
  /// The number of rows, at least 0.
  public let rows: Int
  /// The number of columns, at least 0.
  public let columns: Int
  /// The elements, row by row; `rows * columns` of them.
  public var elements: [Float]

  /// Creates a matrix from its elements, row by row.
  ///
  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, elements: [Float]) {
    precondition(
      elements.count == rows * columns,
      "a matrix of \(rows) x \(columns) needs \(rows * columns) elements, got \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Creates a matrix with one value everywhere.
  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(
      rows: rows, columns: columns, elements: [Float](repeating: value, count: rows * columns))
  }

  /// Reads the first columns of rows that lie `stride` elements apart.
  package init(at base: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int) {
    var elements: [Float] = []
    elements.reserveCapacity(rows * columns)
    for row in 0..<rows {
      elements.append(contentsOf: UnsafeBufferPointer(start: base + row * stride, count: columns))
    }
    self.init(rows: rows, columns: columns, elements: elements)
  }

  /// The element in a row and column.
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements of one row.
  public func row(_ row: Int) -> ArraySlice<Float> {
    elements[row * columns..<(row + 1) * columns]
  }
}
