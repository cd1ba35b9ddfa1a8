import DropoutEngine
import Fuzzing
import RepeatableRandom

extension FuzzTarget {
  /// IDX files: images, their labels, and those of a test part.
  static let images = FuzzTarget("images", "IDX files of images and labels") { room in
    FuzzReader(samples: ImageSamples.images + ImageSamples.labels, make: ImageInput.make) { bytes in
      try DatasetReading.outcome(of: bytes, in: room, as: ImageInput.files)
    }
  }
}

/// Small IDX files of all types.
enum ImageSamples {
  static let images: [[UInt8]] =
    [
      file(type: 8, [6, 3, 3], (0..<54).map { [UInt8($0 * 4)] }),
      file(type: 8, [4, 2, 2], (0..<16).map { [UInt8($0)] }),
      file(type: 9, [4, 1, 2], (0..<8).map { [UInt8($0)] }),
      file(type: 11, [4, 2, 1], (0..<8).map { [0, UInt8($0)] }),
      file(type: 12, [4, 1, 1], (0..<4).map { [0, 0, 1, UInt8($0)] }),
      file(type: 13, [4, 2, 2], (0..<16).map { bytes(Float($0) / 4 - 1) }),
      file(type: 14, [4, 1, 2], (0..<8).map { bytes(Double($0) / 3 - 1) }),
    ]
  static let labels: [[UInt8]] = [
    file(type: 8, [6], [[0], [1], [2], [0], [1], [2]]), file(type: 8, [4], [[0], [1], [0], [1]]),
    file(type: 12, [4], [[0, 0, 0, 9], [0, 0, 0, 1], [0, 0, 0, 9], [0, 0, 0, 1]]),
    file(type: 8, [4, 2], [[0], [1], [1], [0], [0], [1], [1], [0]]),
    file(type: 13, [4], [bytes(Float(1)), bytes(Float(0)), bytes(Float(2)), bytes(Float(0))]),
  ]

  private static func file(type: UInt8, _ shape: [Int], _ values: [[UInt8]]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)] + shape.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] }
      + values.flatMap(\.self)
  }

  private static func bytes(_ value: Float) -> [UInt8] {
    withUnsafeBytes(of: value.bitPattern.bigEndian, Array.init)
  }

  private static func bytes(_ value: Double) -> [UInt8] {
    withUnsafeBytes(of: value.bitPattern.bigEndian, Array.init)
  }
}

/// IDX files that were changed, mostly two that belong together.
enum ImageInput {
  static let files = [
    (option: "data", name: "images-idx3"), (option: "labels", name: "labels-idx1"),
    (option: "test-data", name: "test-images-idx3"),
    (option: "test-labels", name: "test-labels-idx1"),
  ]
  private static let mutator = Mutator(words: ["\u{0}\u{0}\u{8}\u{3}", "\u{0}"], isBinary: true)

  static func make(_ random: inout Generator) -> [UInt8] {
    var parts: [[UInt8]] = []
    for _ in 0..<random.element([1, 1, 1, 1, 2]) {
      // The first two of each kind have as many examples.
      let pair = random.int(below: 4)
      let (images, labels) = (ImageSamples.images[pair], ImageSamples.labels[min(pair, 3)])
      parts += [images, labels]
    }
    for _ in 0..<random.element([1, 1, 2]) {
      let index = random.int(below: parts.count)
      if random.int(below: 5) == 0 {
        parts[index] = random.element(index % 2 == 0 ? ImageSamples.images : ImageSamples.labels)
      }
      mutator.mutate(&parts[index], &random)
    }
    var settings: [(name: String, value: String)] = []
    if random.int(below: 4) == 0 {
      settings.append(
        random.element([
          ("limit", "1"), ("limit", "3"), ("limit", "1000000"), ("test-fraction", "0"),
          ("test-fraction", "0.9"), ("normalize", "none"), ("normalize", "standard"),
          ("image", "1x9"), ("image", "none"), ("target", "k"), ("task", "classify"),
          ("task", "regress"), ("seed", "18446744073709551615"),
        ]))
    }
    let use = DatasetUse.random(&random)
    if use != .look { settings.append((DatasetUse.setting, use.rawValue)) }
    return PartedInput(settings: settings, parts: parts).bytes
  }
}
