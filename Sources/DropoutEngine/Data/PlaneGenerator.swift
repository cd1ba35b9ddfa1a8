/// Generates the built-in sets of points.
///
/// The points come from one random stream and the noise from another. More noise therefore moves
/// the same points further.
struct PlaneGenerator {
  private let dataset: BuiltInDataset
  private let count: Int
  private let noise: Double
  private var data: RandomStream
  private var disturbance: RandomStream

  init(_ dataset: BuiltInDataset, _ configuration: ExperimentConfiguration) {
    self.dataset = dataset
    count = configuration.examples
    noise = configuration.dataNoise
    let stream = UInt32(BuiltInDataset.allCases.firstIndex(of: dataset) ?? 0)
    data = RandomStream(seed: configuration.dataSeed, purpose: .builtInData, stream: stream)
    disturbance = RandomStream(seed: configuration.dataSeed, purpose: .builtInNoise, stream: stream)
  }

  /// A point before it is rounded to 32 bits.
  struct Point {
    var x: Double
    var y: Double
    var target: Double
  }

  /// All points.
  func points() -> GeneratedPoints {
    var generator = self
    let half = count / 2
    var coordinates: [Float] = []
    coordinates.reserveCapacity(2 * count)
    var values: [Float] = []
    var classes: [Int] = []
    let isNumber = dataset == .plane || dataset == .multigauss
    if isNumber { values.reserveCapacity(count) } else { classes.reserveCapacity(count) }
    for index in 0..<count {
      let second = index >= half
      let share =
        second ? Double(index - half) / Double(count - half) : Double(index) / Double(max(half, 1))
      let point = generator.point(inSecondHalf: second, share: share)
      coordinates.append(Float(point.x))
      coordinates.append(Float(point.y))
      if isNumber { values.append(Float(point.target)) } else { classes.append(Int(point.target)) }
    }
    return GeneratedPoints(
      coordinates: coordinates,
      targets: isNumber
        ? .values(Matrix(rows: count, columns: 1, elements: values)) : .classes(classes))
  }

  private mutating func point(inSecondHalf second: Bool, share: Double) -> Point {
    switch dataset {
    case .circle: circlePoint(outside: second)
    case .xor: quadrantPoint()
    case .gauss: cloudPoint(lower: second)
    case .spiral: spiralPoint(second: second, share: share)
    case .moons: moonPoint(lower: second)
    case .plane, .multigauss: landscapePoint()
    case .glyphs: preconditionFailure("glyphs are not points of a plane")
    }
  }

  private mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * data.nextUniform()
  }

  /// A shift of at most `reach` times the noise, in either direction.
  private mutating func shift(reach: Double) -> Double {
    (2 * disturbance.nextUniform() - 1) * reach * noise
  }

  /// Half of the points lie within 2.5 of the centre, half between 3.5 and 5.
  ///
  /// The noise moves a copy of the point that decides the class; the point itself stays.
  private mutating func circlePoint(outside: Bool) -> Point {
    let radius = uniform(outside ? 3.5...5 : 0...2.5)
    let angle = uniform(0...2 * Double.pi)
    let x = radius * ElementaryFunctions.sine(angle)
    let y = radius * ElementaryFunctions.cosine(angle)
    let (movedX, movedY) = (x + shift(reach: 5), y + shift(reach: 5))
    let distance = (movedX * movedX + movedY * movedY).squareRoot()
    return Point(x: x, y: y, target: distance < 2.5 ? 1 : 0)
  }

  /// Uniform in a square of side 10, then moved 0.3 away from the axes; the class is decided as for
  /// `circle`.
  private mutating func quadrantPoint() -> Point {
    let (u, v) = (uniform(-5...5), uniform(-5...5))
    let (x, y) = (u > 0 ? u + 0.3 : u - 0.3, v > 0 ? v + 0.3 : v - 0.3)
    let product = (x + shift(reach: 5)) * (y + shift(reach: 5))
    return Point(x: x, y: y, target: product >= 0 ? 1 : 0)
  }

  /// Normal clouds around (2, 2) and (-2, -2); the noise raises their variance from 0.5 by 7 times
  /// its value.
  private mutating func cloudPoint(lower: Bool) -> Point {
    let deviation = (0.5 + 7 * noise).squareRoot()
    let centre = lower ? -2.0 : 2
    return Point(
      x: centre + deviation * data.nextNormal(), y: centre + deviation * data.nextNormal(),
      target: lower ? 0 : 1)
  }

  /// Archimedes' spiral of 1.75 turns, and the same spiral rotated by half a turn.
  private mutating func spiralPoint(second: Bool, share: Double) -> Point {
    let radius = share * 5
    let angle = 1.75 * share * 2 * Double.pi + (second ? Double.pi : 0)
    return Point(
      x: radius * ElementaryFunctions.sine(angle) + shift(reach: 1),
      y: radius * ElementaryFunctions.cosine(angle) + shift(reach: 1), target: second ? 1 : 0)
  }

  /// Half circles of radius 3.6 whose centres lie 3.6 across and 1.8 up from each other.
  ///
  /// The noise is normal, with this share of the radius as its deviation.
  private mutating func moonPoint(lower: Bool) -> Point {
    let radius = 3.6
    let angle = uniform(0...Double.pi)
    let (across, up) = (ElementaryFunctions.cosine(angle), ElementaryFunctions.sine(angle))
    let (x, y) = lower ? (0.5 - across, 0.25 - up) : (across - 0.5, up - 0.25)
    return Point(
      x: radius * (x + noise * disturbance.nextNormal()),
      y: radius * (y + noise * disturbance.nextNormal()), target: lower ? 1 : 0)
  }

  /// Uniform in a square of side 12; the number is the height at the point moved by noise.
  private mutating func landscapePoint() -> Point {
    let (x, y) = (uniform(-6...6), uniform(-6...6))
    let (movedX, movedY) = (x + shift(reach: 6), y + shift(reach: 6))
    return Point(
      x: x, y: y,
      target: dataset == .plane ? (movedX + movedY) / 10 : Self.hillHeight(movedX, movedY))
  }

  /// Cones of height 1 and radius 2 in two rows of three, alternately up and down; 0 outside them.
  private static func hillHeight(_ x: Double, _ y: Double) -> Double {
    var height = 0.0
    for (row, centreY) in [2.5, -2.5].enumerated() {
      for (column, centreX) in [-4.0, 0, 4].enumerated() {
        let (dx, dy) = (x - centreX, y - centreY)
        let cone = max(0, 1 - (dx * dx + dy * dy).squareRoot() / 2)
        if cone > abs(height) { height = (row + column).isMultiple(of: 2) ? cone : -cone }
      }
    }
    return height
  }
}

/// Generated points of a plane with their targets.
struct GeneratedPoints {
  /// The coordinates, `[example][2]`.
  var coordinates: [Float] = []
  /// A class for each point, or one number.
  var targets: Dataset.Targets
}
