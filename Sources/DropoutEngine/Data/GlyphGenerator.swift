/// Generates images of 8x8 pixels: a character at one of 12 places, with ink of varying strength,
/// and noise.
struct GlyphGenerator {
  private static let side = 8
  private let configuration: ExperimentConfiguration

  init(_ configuration: ExperimentConfiguration) {
    self.configuration = configuration
  }

  /// The dataset; the classes take turns, so all are equally frequent.
  func dataset() throws(DatasetError) -> Dataset {
    let names = Glyph.allCases.map(\.rawValue)
    let targets = Dataset.Targets.classes((0..<configuration.examples).map { $0 % names.count })
    let pixels = Self.side * Self.side
    let image = try configuration.image.shape(
      inputs: pixels, looksLikeImage: ImageShape(height: Self.side, width: Self.side))
    let split = try DatasetSplit(
      of: targets,
      testFraction: configuration.testFraction ?? BuiltInDataset.defaultTestFraction,
      seed: configuration.dataSeed)
    let inputNames = (0..<pixels).map { "pixel \($0 / Self.side + 1),\($0 % Self.side + 1)" }
    return Dataset(
      name: BuiltInDataset.glyphs.rawValue, inputNames: inputNames, values: .bytes(images()),
      targets: targets, classNames: names, outputNames: names, image: image,
      trainingExamples: split.trainingExamples, testExamples: split.testExamples,
      normalization: configuration.normalization)
  }

  private func images() -> [UInt8] {
    let stream = UInt32(BuiltInDataset.allCases.firstIndex(of: .glyphs) ?? 0)
    let seed = configuration.dataSeed
    var data = RandomStream(seed: seed, purpose: .builtInData, stream: stream)
    var disturbance = RandomStream(seed: seed, purpose: .builtInNoise, stream: stream)
    let drawings = Glyph.allCases.map(\.ink)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(configuration.examples * Self.side * Self.side)
    for example in 0..<configuration.examples {
      let ink = drawings[example % drawings.count]
      let top = data.nextIndex(below: Self.side - Glyph.height + 1)
      let left = data.nextIndex(below: Self.side - Glyph.width + 1)
      let strength = 160 + 95 * data.nextUniform()
      for row in 0..<Self.side {
        for column in 0..<Self.side {
          let inside =
            (top..<top + Glyph.height).contains(row) && (left..<left + Glyph.width).contains(column)
          let drawn = inside && ink[(row - top) * Glyph.width + column - left]
          let noise = 255 * configuration.dataNoise * disturbance.nextNormal()
          let value = (drawn ? strength : 0) + noise
          pixels.append(UInt8(Int(nearest: value, in: 0...255)))
        }
      }
    }
    return pixels
  }
}

/// The ten characters of the built-in images, drawn in 5 columns and 6 rows.
enum Glyph: String, CaseIterable {
  case a = "A"
  case c = "C"
  case e = "E"
  case h = "H"
  case k = "K"
  case l = "L"
  case o = "O"
  case s = "S"
  case t = "T"
  case x = "X"

  /// The columns of a drawing.
  static let width = 5
  /// The rows of a drawing.
  static let height = 6

  /// The drawing, row by row: `#` is ink.
  var rows: [String] {
    switch self {
    case .a: [".###.", "#...#", "#...#", "#####", "#...#", "#...#"]
    case .c: [".####", "#....", "#....", "#....", "#....", ".####"]
    case .e: ["#####", "#....", "####.", "#....", "#....", "#####"]
    case .h: ["#...#", "#...#", "#####", "#...#", "#...#", "#...#"]
    case .k: ["#...#", "#..#.", "###..", "#..#.", "#...#", "#...#"]
    case .l: ["#....", "#....", "#....", "#....", "#....", "#####"]
    case .o: [".###.", "#...#", "#...#", "#...#", "#...#", ".###."]
    case .s: [".####", "#....", ".###.", "....#", "....#", "####."]
    case .t: ["#####", "..#..", "..#..", "..#..", "..#..", "..#.."]
    case .x: ["#...#", ".#.#.", "..#..", "..#..", ".#.#.", "#...#"]
    }
  }

  /// Whether each place of the drawing has ink, row by row.
  var ink: [Bool] { rows.flatMap { $0.map { $0 == "#" } } }
}
