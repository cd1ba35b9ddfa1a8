import DropoutEngine
import Testing

@Suite("Built-in datasets")
struct BuiltInDatasetTests {
  private func configuration(
    seed: UInt64 = 7, examples: Int = 500, noise: Double = 0.1
  ) -> ExperimentConfiguration {
    var configuration = ExperimentConfiguration()
    configuration.dataSeed = seed
    configuration.examples = examples
    configuration.dataNoise = noise
    return configuration
  }

  /// The 64-bit FNV-1a hash of the values, targets and split of a dataset.
  private func hash(_ dataset: Dataset) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt64) {
      for shift in stride(from: 0, to: 64, by: 8) {
        hash = (hash ^ (word >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
      }
    }
    switch dataset.values {
    case .numbers(let numbers): numbers.forEach { mix(UInt64($0.bitPattern)) }
    case .bytes(let bytes): bytes.forEach { mix(UInt64($0)) }
    }
    switch dataset.targets {
    case .classes(let classes): classes.forEach { mix(UInt64($0)) }
    case .values(let values): values.elements.forEach { mix(UInt64($0.bitPattern)) }
    }
    (dataset.trainingExamples + dataset.testExamples).forEach { mix(UInt64($0)) }
    return hash
  }

  @Test(
    "The same seed gives the same bits, another seed gives others",
    arguments: BuiltInDataset.allCases)
  func seed(dataset: BuiltInDataset) throws {
    let first = try hash(dataset.generate(configuration()))
    #expect(try hash(dataset.generate(configuration())) == first)
    #expect(try hash(dataset.generate(configuration(seed: 8))) != first)
  }

  @Test("Every example is in exactly one part", arguments: BuiltInDataset.allCases)
  func partition(dataset: BuiltInDataset) throws {
    let made = try dataset.generate(configuration(examples: 101))
    #expect(made.count == 101)
    #expect((made.trainingExamples + made.testExamples).sorted() == Array(0..<101))
  }

  @Test("Coordinates lie in the plane that is drawn, but for the tails of the clouds")
  func range() throws {
    for dataset in BuiltInDataset.allCases where dataset != .glyphs {
      let made = try dataset.generate(configuration())
      let plane = try #require(made.plane)
      let outside = plane.points.count { abs($0) > 6 }
      #expect(outside <= ([.gauss, .moons].contains(dataset) ? 10 : 0), "\(dataset)")
      #expect(plane.points.count == 2 * made.count)
    }
  }

  @Test("Without noise a point of the circle is inner exactly where its radius is below 2.5")
  func circle() throws {
    let made = try BuiltInDataset.circle.generate(configuration(noise: 0))
    guard case .classes(let classes) = made.targets else { throw Unexpected.targets }
    let plane = try #require(made.plane)
    for example in 0..<made.count {
      let (x, y) = (plane.points[2 * example], plane.points[2 * example + 1])
      let radius = (x * x + y * y).squareRoot()
      #expect(made.classNames[classes[example]] == (radius < 2.5 ? "inner" : "outer"))
      #expect(radius < 2.5001 || (3.4999...5.0001).contains(radius))
    }
    #expect(classes.count { $0 == 1 } == 250)
  }

  @Test("Noise moves what a point of the circle is called, never the point")
  func circleNoise() throws {
    let calm = try BuiltInDataset.circle.generate(configuration(noise: 0))
    let noisy = try BuiltInDataset.circle.generate(configuration(noise: 0.5))
    #expect(calm.values == noisy.values)
    #expect(calm.targets != noisy.targets)
  }

  @Test("Without noise a point of xor is the same exactly where its coordinates have the same sign")
  func xor() throws {
    let made = try BuiltInDataset.xor.generate(configuration(noise: 0))
    guard case .classes(let classes) = made.targets else { throw Unexpected.targets }
    let plane = try #require(made.plane)
    for example in 0..<made.count {
      let (x, y) = (plane.points[2 * example], plane.points[2 * example + 1])
      #expect(classes[example] == (x * y > 0 ? 1 : 0))
      #expect(abs(x) >= 0.3 && abs(y) >= 0.3)
    }
  }

  @Test("Without noise the target of plane is a tenth of the sum of the coordinates")
  func plane() throws {
    let made = try BuiltInDataset.plane.generate(configuration(noise: 0))
    guard case .values(let values) = made.targets else { throw Unexpected.targets }
    let plane = try #require(made.plane)
    #expect(!made.isClassification && made.outputCount == 1)
    for example in 0..<made.count {
      let expected = (plane.points[2 * example] + plane.points[2 * example + 1]) / 10
      #expect(abs(values[example, 0] - expected) < 1e-6)
    }
  }

  @Test("The hills of multigauss reach up to 1 and its hollows down to -1")
  func multigauss() throws {
    let made = try BuiltInDataset.multigauss.generate(configuration(examples: 5000, noise: 0))
    guard case .values(let values) = made.targets else { throw Unexpected.targets }
    let (lowest, highest) = (values.elements.min() ?? 0, values.elements.max() ?? 0)
    #expect((-1 ... -0.9).contains(lowest) && (0.9...1).contains(highest))
  }

  @Test("Each feature of a point is the function that it is named for")
  func features() throws {
    var all = configuration(examples: 50)
    all.features = InputFeature.allCases
    all.normalization = .none
    let made = try BuiltInDataset.moons.generate(all)
    let plane = try #require(made.plane)
    #expect(made.inputNames == ["x1", "x2", "x1^2", "x2^2", "x1x2", "sin(x1)", "sin(x2)"])
    for example in 0..<made.count {
      let (x, y) = (plane.points[2 * example], plane.points[2 * example + 1])
      let inputs = made.inputs(of: example)
      #expect(Array(inputs.prefix(5)) == [x, y, x * x, y * y, x * y])
      #expect(made.inputs(atPlanePoint: x, y) == inputs)
      let square = Double(inputs[5]) * Double(inputs[5])
      let cosine = ElementaryFunctions.cosine(Double(x))
      #expect(abs(square + cosine * cosine - 1) < 1e-6)
    }
  }

  @Test("Standardised inputs have mean 0 and deviation 1 over the training part")
  func standardized() throws {
    let made = try BuiltInDataset.circle.generate(configuration())
    for input in 0..<2 {
      let values = made.trainingExamples.map { Double(made.inputs(of: $0)[input]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
      #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-6)
    }
  }

  @Test("Without noise a glyph is its drawing, somewhere in the image, in one shade")
  func glyphs() throws {
    let made = try BuiltInDataset.glyphs.generate(configuration(examples: 100, noise: 0))
    guard case .bytes(let bytes) = made.values else { throw Unexpected.values }
    #expect(made.image == ImageShape(height: 8, width: 8))
    #expect(made.classNames == made.classNames.sorted() && made.classNames.count == 10)
    var inkOfClass: [Int: Int] = [:]
    for example in 0..<100 {
      let image = bytes[example * 64..<(example + 1) * 64]
      let shades = Set(image.filter { $0 > 0 })
      #expect(shades.count == 1 && (160...255).contains(shades.first ?? 0))
      let ink = image.count { $0 > 0 }
      #expect(inkOfClass[example % 10, default: ink] == ink, "a shift lost ink")
      inkOfClass[example % 10] = ink
    }
  }

  @Test("Glyphs can be read: the nearest training image, in pixels, mostly has the same class")
  func glyphsAreLearnable() throws {
    let made = try BuiltInDataset.glyphs.generate(configuration(examples: 1000))
    guard case .classes(let classes) = made.targets else { throw Unexpected.targets }
    let training = made.trainingExamples.map { ($0, made.inputs(of: $0)) }
    let right = made.testExamples.count { example in
      let image = made.inputs(of: example)
      let nearest = training.min { first, second in
        distance(first.1, image) < distance(second.1, image)
      }
      return nearest.map { classes[$0.0] } == classes[example]
    }
    #expect(Double(right) / Double(made.testExamples.count) > 0.95)
  }

  private func distance(_ first: [Float], _ second: [Float]) -> Float {
    zip(first, second).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
  }

  @Test("An image that the inputs do not fill is refused, one that they fill is taken")
  func image() throws {
    var sized = configuration()
    sized.image = .size(height: 16, width: 4)
    #expect(try BuiltInDataset.glyphs.generate(sized).image == ImageShape(height: 16, width: 4))
    sized.image = .size(height: 9, width: 9)
    #expect(throws: DatasetError.imageDoesNotFit(height: 9, width: 9, inputs: 64)) {
      try BuiltInDataset.glyphs.generate(sized)
    }
    sized.image = .size(height: .max, width: .max)
    #expect(throws: DatasetError.imageDoesNotFit(height: .max, width: .max, inputs: 64)) {
      try BuiltInDataset.glyphs.generate(sized)
    }
    sized.image = .none
    #expect(try BuiltInDataset.glyphs.generate(sized).image == nil)
  }

  @Test("No number of examples traps, and both parts have two classes from 8 examples on")
  func counts() throws {
    for builtIn in BuiltInDataset.allCases {
      for examples in 2...40 {
        guard let made = try dataset(builtIn, examples: examples) else {
          #expect(examples < 8)
          continue
        }
        guard case .classes(let classes) = made.targets, examples >= 8 else { continue }
        #expect(Set(made.testExamples.map { classes[$0] }).count > 1, "\(builtIn) \(examples)")
      }
    }
  }

  /// The dataset; nil where so few examples all have the same class.
  private func dataset(_ builtIn: BuiltInDataset, examples: Int) throws -> Dataset? {
    do {
      return try builtIn.generate(configuration(examples: examples))
    } catch {
      guard case .oneClassOnly = error else { throw error }
      return nil
    }
  }

  private enum Unexpected: Error { case targets, values }
}
