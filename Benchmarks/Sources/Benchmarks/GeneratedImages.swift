import DropoutEngine

/// Images of 28x28 bytes in ten classes, drawn with strokes.
///
/// About as many pixels are 0 as in MNIST (81 %).
///
/// A class is three strokes between points that its number decides. Each image moves the points a
/// little, shifts them all, and has its own strength.
enum GeneratedImages {
  static let side = 28
  static let count = 8_000
  private static let classes = 10
  private static let seed: UInt64 = 7

  /// The images, split into a training and a test part.
  static func dataset() throws -> Dataset {
    let targets = Dataset.Targets.classes((0..<count).map { $0 % classes })
    let split = try DatasetSplit(of: targets, testFraction: 0.2, seed: seed)
    let names = (0..<classes).map { "\($0)" }
    return Dataset(
      name: "generated images", inputNames: (0..<side * side).map { "pixel \($0)" },
      values: .bytes(bytes()), targets: targets, classNames: names, outputNames: names,
      image: ImageShape(height: side, width: side), trainingExamples: split.trainingExamples,
      testExamples: split.testExamples, normalization: .standard)
  }

  /// The same images with every pixel of 0 raised to 1.
  static func withoutZeros(_ images: Dataset) -> Dataset {
    guard case .bytes(let bytes) = images.values else { return images }
    return images.replacing(
      values: .bytes(bytes.map { max(1, $0) }), trainingExamples: images.trainingExamples)
  }

  /// A place in an image, in pixels.
  private struct Point {
    var x: Double
    var y: Double
  }

  private static func bytes() -> [UInt8] {
    var random = RandomStream(seed: seed, purpose: .builtInData, stream: 100)
    let corners = (0..<classes).map { _ in
      (0..<4).map { _ in
        Point(x: 5 + 18 * random.nextUniform(), y: 5 + 18 * random.nextUniform())
      }
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * side * side)
    for image in 0..<count {
      let shift = Point(x: 4 * random.nextUniform() - 2, y: 4 * random.nextUniform() - 2)
      let points = corners[image % classes].map { corner in
        Point(
          x: corner.x + shift.x + 0.7 * random.nextNormal(),
          y: corner.y + shift.y + 0.7 * random.nextNormal())
      }
      let strength = 160 + 95 * random.nextUniform()
      for row in 0..<side {
        for column in 0..<side {
          let place = Point(x: Double(column), y: Double(row))
          let distance =
            zip(points, points.dropFirst()).map { self.distance(place, $0, $1) }.min() ?? 0
          // A stroke reaches 2.5 pixels to each side and fades over the outer two.
          let ink = min(1, max(0, (strokeRadius - distance) / 2))
          pixels.append(UInt8(strength * ink))
        }
      }
    }
    return pixels
  }

  private static let strokeRadius = 2.5

  /// The distance of a place from a line segment.
  private static func distance(_ place: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let along = ((place.x - start.x) * dx + (place.y - start.y) * dy) / max(length, 1e-9)
    let share = min(1, max(0, along))
    let (x, y) = (place.x - start.x - share * dx, place.y - start.y - share * dy)
    return (x * x + y * y).squareRoot()
  }
}
