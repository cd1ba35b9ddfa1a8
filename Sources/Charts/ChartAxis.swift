import CLibrary
import TerminalCells

/// An axis of a chart: a linear or logarithmic range on a stretch of pixels, with round ticks.
struct ChartAxis {
  /// The value at the start of the stretch.
  let low: Double
  /// The value at its end.
  let high: Double
  /// Whether equal distances are equal ratios.
  let isLogarithmic: Bool
  /// The pixel of the lowest value.
  let start: Double
  /// The pixel of the highest value.
  let end: Double
  /// The labelled values.
  let ticks: [Double]

  /// Creates an axis for finite values.
  ///
  /// It is logarithmic where all are above 0 and span more than a factor of 50.
  init(values: [Double], start: Double, end: Double, mayBeLogarithmic: Bool, from zero: Bool) {
    let finite = values.filter(\.isFinite)
    var least = finite.min() ?? 0
    var greatest = finite.max() ?? 1
    self.start = start
    self.end = end
    if mayBeLogarithmic, least > 0, greatest / least > 50 {
      isLogarithmic = true
      low = least / 1.1
      high = min(greatest * 1.1, .greatestFiniteMagnitude)
      ticks = ChartAxis.logarithmicTicks(low, high)
      return
    }
    isLogarithmic = false
    if zero { least = min(0, least) }
    if greatest - least < max(greatest.magnitude, least.magnitude) * 1e-9 {
      let margin = max(greatest.magnitude * 0.1, 1e-9)
      least -= margin
      greatest += margin
    }
    // The values are halved first, since the difference of two distant ones might not be finite.
    let margin = (greatest * 0.5 - least * 0.5) * 0.08
    low = zero && least == 0 ? 0 : max(least - margin, -.greatestFiniteMagnitude)
    high = min(greatest + margin, .greatestFiniteMagnitude)
    ticks = ChartAxis.linearTicks(low, high)
  }

  /// The pixel of a value; nil for one that has no place.
  func pixel(_ value: Double) -> Double? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let share =
      isLogarithmic
      ? (log(value) - log(low)) / (log(high) - log(low))
      : (value / 2 - low / 2) / (high / 2 - low / 2)
    guard share.isFinite else { return nil }
    return start + (end - start) * min(max(-0.02, share), 1.02)
  }

  private static func linearTicks(_ low: Double, _ high: Double) -> [Double] {
    let raw = (high / 2 - low / 2) / 5 * 2
    guard raw > 0 else { return [] }
    let power = pow(10, floor(log10(raw)))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= raw * 0.999 } ?? power * 10
    let first = (low / step).rounded(.up)
    return (0..<12).map { (first + Double($0)) * step }.filter { $0.isFinite && $0 <= high }
  }

  private static func logarithmicTicks(_ low: Double, _ high: Double) -> [Double] {
    let first = Int(drawn: floor(log10(low)), in: -324...308)
    let last = Int(drawn: ceil(log10(high)), in: first...309)
    let factors: [Double] = last - first > 4 ? [1] : [1, 2, 5]
    // Numbers may span 632 decades; at most 16 of them have a label.
    let decades = stride(from: first, through: last, by: (last - first) / 16 + 1)
    return decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
      .filter { $0 >= low && $0 <= high }
  }

  /// The text of a tick.
  static func label(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    return withVaList([value]) { arguments in
      var text = [CChar](repeating: 0, count: 16)
      let length = vsnprintf(&text, text.count, "%.5g", arguments)
      return String(decoding: text.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}

extension ChartAxis {
  /// The frame of a chart between two axes: the lines at the left and at the bottom, and the ticks
  /// with their numbers.
  static func frame(
    _ xAxis: ChartAxis, _ yAxis: ChartAxis, left: Double, right: Double, upper: Double,
    lower: Double
  ) -> [String] {
    func px(_ value: Double) -> String { SeriesMark.text(value) }
    var elements = [
      "<path d=\"M\(px(left)) \(px(upper))V\(px(lower))H\(px(right))\" fill=\"none\" "
        + "stroke=\"#000000\"/>"
    ]
    for tick in yAxis.ticks {
      guard let y = yAxis.pixel(tick) else { continue }
      elements.append(
        "<path d=\"M\(px(left - 4)) \(px(y))H\(px(right))\" stroke=\"#dddddd\" "
          + "stroke-width=\"0.7\"/>"
      )
      elements.append(
        "<text x=\"\(px(left - 7))\" y=\"\(px(y + 4))\" text-anchor=\"end\">\(label(tick))</text>"
      )
    }
    for tick in xAxis.ticks {
      guard let x = xAxis.pixel(tick) else { continue }
      elements.append("<path d=\"M\(px(x)) \(px(lower))v4\" stroke=\"#000000\"/>")
      elements.append(
        "<text x=\"\(px(x))\" y=\"\(px(lower + 17))\" text-anchor=\"middle\">\(label(tick))</text>"
      )
    }
    return elements
  }
}
