import DropoutEngine
import TerminalCells

/// Inputs that are an image, some of them masked; drawn as large as an area allows.
struct PixelImage: Equatable {
  /// The columns of pixels.
  let columns: Int
  /// The rows of pixels.
  let rows: Int
  /// How bright each pixel is, 0...1, row by row.
  let brightness: [Double]
  /// Whether each pixel is masked.
  let masked: [Bool]

  /// How pixels become cells.
  enum Method: Equatable {
    /// A pixel is that many rows high and twice as many columns wide.
    case whole(Int)
    /// A cell holds two values, one above the other.
    case halves(columns: Int, rows: Int)
    /// A cell holds one value.
    case single(columns: Int, rows: Int)
  }

  /// Where and how an image is drawn.
  struct Place: Equatable {
    /// The cells.
    var area: Rect
    /// How pixels become cells.
    var method: Method
  }

  /// Creates an image.
  ///
  /// - Precondition: there is a brightness and a mask for each pixel.
  init(columns: Int, rows: Int, brightness: [Double], masked: [Bool]) {
    precondition(
      brightness.count == columns * rows && masked.count == columns * rows,
      "\(brightness.count) values and \(masked.count) masks for \(columns) x \(rows) pixels")
    self.columns = columns
    self.rows = rows
    self.brightness = brightness
    self.masked = masked
  }

  /// The watched example under this step's mask; nil where the inputs are no image.
  init?(watchedIn state: ExplorerState) {
    let evidence = state.evidence
    let row = state.watchedRow
    guard let shape = state.snapshot.dataset.image, evidence.inputs.rows > row,
      evidence.inputs.columns == shape.width * shape.height,
      evidence.inputDropout.forwardMask.rows > row
    else { return nil }
    let values = evidence.inputs.row(row).map { Double($0) }
    let range = PixelImage.range(of: state.snapshot.dataset, values)
    self.init(
      columns: shape.width, rows: shape.height,
      brightness: PixelImage.brightness(values, range: range),
      masked: evidence.inputDropout.forwardMask.row(row).map { $0 == 0 })
  }

  /// An example of the dataset, nothing masked; nil where the inputs are no image.
  init?(example: Int, of dataset: Dataset) {
    guard let shape = dataset.image, dataset.inputCount == shape.width * shape.height else {
      return nil
    }
    let values = dataset.inputs(of: example).map { Double($0) }
    let range = PixelImage.range(of: dataset, values)
    self.init(
      columns: shape.width, rows: shape.height,
      brightness: PixelImage.brightness(values, range: range),
      masked: Array(repeating: false, count: values.count))
  }

  /// The values of black and white: bytes have a range of their own, numbers the example's range.
  private static func range(of dataset: Dataset, _ values: [Double]) -> (Double, Double) {
    if case .bytes = dataset.values {
      let divisor = Double(dataset.divisors.first ?? 255)
      return (0, divisor > 0 ? 255 / divisor : 1)
    }
    let finite = values.filter(\.isFinite)
    return (finite.min() ?? 0, finite.max() ?? 1)
  }

  private static func brightness(_ values: [Double], range: (Double, Double)) -> [Double] {
    let length = range.1 - range.0
    return values.map { length > 0 && $0.isFinite ? min(max(0, ($0 - range.0) / length), 1) : 0 }
  }

  /// The largest place at the upper left of an area that keeps the image's proportions.
  func place(in area: Rect, glyphs: GlyphSet) -> Place {
    guard !area.isEmpty, columns > 0, rows > 0 else {
      return Place(area: Rect(x: area.x, y: area.y, width: 0, height: 0), method: .whole(1))
    }
    let size = min(area.width / (2 * columns), area.height / rows)
    func rect(_ width: Int, _ height: Int) -> Rect {
      Rect(x: area.x, y: area.y, width: width, height: height)
    }
    if size >= 1 {
      return Place(area: rect(2 * size * columns, size * rows), method: .whole(size))
    }
    // Each column holds one value. Half blocks show two values in each row, other marks one.
    let share = min(
      1, Double(area.width) / Double(columns), Double(2 * area.height) / Double(rows))
    let wide = Int(drawn: (Double(columns) * share).rounded(.down), in: 1...columns)
    let high = Int(drawn: (Double(rows) * share).rounded(.down), in: 1...rows)
    let cells = (high + 1) / 2
    return Place(
      area: rect(wide, cells),
      method: glyphs.usesHalfBlocks
        ? .halves(columns: wide, rows: high) : .single(columns: wide, rows: cells))
  }

  /// The image averaged down to a smaller grid; a value is masked where at least half of its pixels
  /// are.
  func averaged(columns wide: Int, rows high: Int) -> PixelImage {
    if wide == columns, high == rows { return self }
    var values: [Double] = []
    var masks: [Bool] = []
    for row in 0..<high {
      let ys = span(row, of: high, over: rows)
      for column in 0..<wide {
        let xs = span(column, of: wide, over: columns)
        var sum = 0.0
        var hidden = 0
        for y in ys {
          for x in xs {
            sum += brightness[y * columns + x]
            hidden += masked[y * columns + x] ? 1 : 0
          }
        }
        let count = ys.count * xs.count
        values.append(sum / Double(count))
        masks.append(2 * hidden >= count)
      }
    }
    return PixelImage(columns: wide, rows: high, brightness: values, masked: masks)
  }

  private func span(_ index: Int, of count: Int, over pixels: Int) -> Range<Int> {
    let start = index * pixels / count
    return start..<max(start + 1, (index + 1) * pixels / count)
  }
}
