import CAllocationCount
import DatasetFiles
import DropoutEngine
import Foundation
import Testing

@Suite("Images in IDX files") struct ImageFileTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func idx(_ shape: [Int], _ values: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(shape.count)]
      + shape.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
      + values
  }

  /// Compresses with the system's gzip.
  private func gzip(_ path: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -k -f '\(path)'"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "gzip is needed for this test")
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + ".gz")))
  }

  private let pixels: [UInt8] = (0..<24).map { UInt8($0 * 10) }

  private func writeImages(_ prefix: String, labels: [UInt8] = [0, 1, 0, 1]) throws -> String {
    _ = try folder.file("\(prefix)-labels-idx1-ubyte", idx([4], labels))
    return try folder.file("\(prefix)-images-idx3-ubyte", idx([4, 3, 2], pixels))
  }

  @Test("Labels are found beside the images, pixels stay bytes and are divided by 255") func plain()
    throws
  {
    let dataset = try folder.load(path: writeImages("train"))
    #expect(dataset.image == ImageShape(height: 3, width: 2))
    #expect(dataset.values == .bytes(pixels))
    #expect(dataset.inputs(of: 1) == pixels[6..<12].map { Float($0) / 255 })
    #expect(dataset.targets == .classes([0, 1, 0, 1]))
  }

  @Test("Labels that no example has are no classes, and other options are refused") func gaps()
    throws
  {
    let images = try writeImages("gaps", labels: [0, 5, 10, 5])
    let dataset = try folder.load(path: images)
    #expect(dataset.classNames == ["0", "5", "10"] && dataset.targets == .classes([0, 1, 2, 1]))
    #expect(dataset.notes.contains { $0.contains("1, 2, 3, 4, 6, 7, 8, 9, so there are 3") })
    // The classes are those of the whole file, however few examples are read.
    #expect(try folder.load(path: images) { $0.limit = 2 }.classNames.count == 3)
    let changes: [(String, (inout ExperimentConfiguration) -> Void)] = [
      ("target", { $0.target = "1" }), ("separator", { $0.table.separator = .comma }),
      ("missing", { $0.table.missing = .drop }), ("inputs", { $0.table.inputs = "1" }),
      ("leave-out", { $0.table.leaveOut = "1" }), ("one-hot", { $0.table.oneHot = 3 }),
      ("decimal", { $0.table.decimal = .comma }), ("task", { $0.task = .regress }),
      ("normalize-target", { $0.targetNormalization = .none }),
    ]
    for (option, change) in changes {
      let error = try folder.error(path: images, change)
      #expect(error?.problem == .file(.inapplicable(option: option, areImages: true)))
    }
  }

  @Test("Labels with one 1 each are one-hot") func oneHot() throws {
    let path = try writeImages("hot")
    let ones: [UInt8] = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    let labels = try folder.file("hot-labels-idx1-ubyte", idx([4, 3], ones))
    let dataset = try folder.load(path: path) { $0.labels = labels }
    #expect(dataset.targets == .classes([2, 0, 1, 2]))
    // Labels of two dimensions are found by their own name.
    let alone = try folder.file("own-images-idx3-ubyte", idx([4, 3, 2], pixels))
    _ = try folder.file("own-labels-idx2-ubyte", idx([4, 3], ones))
    #expect(try folder.load(path: alone).targets == dataset.targets)
    #expect(dataset.notes.contains("labels are one-hot in 3 columns"))
  }

  @Test("Images of four dimensions are inputs in their order, and it is said") func colours() throws
  {
    _ = try folder.file("c-labels-idx1-ubyte", idx([2], [0, 1]))
    let path = try folder.file("c-images-idx4-ubyte", idx([2, 2, 2, 3], Array(pixels)))
    let dataset = try folder.load(path: path) { $0.labels = folder.path("c-labels-idx1-ubyte") }
    #expect(dataset.inputCount == 12 && dataset.image == nil)
    // Labels are found beside images of any number of dimensions.
    #expect(try folder.load(path: path).targets == dataset.targets)
    let flat = try folder.file("c-images-idx2-ubyte", idx([2, 12], Array(pixels)))
    #expect(try folder.load(path: flat).targets == dataset.targets)
    #expect(dataset.notes.contains { $0.contains("an image of 2x2x3 is 12 inputs") })
  }

  @Test("gzip is told by its content, whatever the name") func compressed() throws {
    let path = try writeImages("zipped")
    let compressed = try gzip(path)
    let renamed = try folder.file("renamed-images-idx3-ubyte", compressed)
    _ = try folder.file(
      "renamed-labels-idx1-ubyte.gz", try gzip(folder.path("zipped-labels-idx1-ubyte")))
    #expect(try folder.load(path: renamed).values == .bytes(pixels))
  }

  /// A debug build copies where the optimizer would not.
  private static let canCount = ca_is_counting() && !_isDebugAssertConfiguration()

  @Test(
    "The pixels of a file are in memory once, besides what a file is read with piece by piece",
    .enabled(if: canCount, "counted in release builds with glibc"), arguments: [false, true])
  func memory(isCompressed: Bool) throws {
    let (count, side) = (4000, 28)
    let many = (0..<count * side * side).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let classes = (0..<count).map { UInt8($0 % 10) }
    var path = try folder.file("many-images-idx3-ubyte", idx([count, side, side], many))
    let labels = try folder.file("many-labels-idx1-ubyte", idx([count], classes))
    var fileSize = 0
    if isCompressed {
      let compressed = try gzip(path)
      fileSize = compressed.count
      path = try folder.file("packed-images-idx3-ubyte", compressed)
    }
    // Tables that are made once, at their first use, are not the file's.
    _ = try folder.load(path: path) { $0.labels = labels }
    let before = ca_allocated_bytes()
    let dataset = try folder.load(path: path) { $0.labels = labels }
    let bytes = Int(ca_allocated_bytes() - before)
    #expect(dataset.values == .bytes(many))
    // Pieces of 256 KiB, and the indices of the examples. A second copy of the pixels would add 3.1
    // MB.
    #expect(bytes - fileSize < many.count + (3 << 19))
  }

  @Test("Where fewer examples are asked for, the first ones are taken") func limited() throws {
    let test = try writeImages("t10k", labels: [1, 0, 1, 0])
    let dataset = try folder.load(path: writeImages("train")) {
      $0.testData = test
      $0.limit = 2
    }
    #expect(dataset.values == .bytes(Array(pixels[..<12]) + Array(pixels[..<12])))
    #expect(dataset.targets == .classes([0, 1, 1, 0]))
  }

  @Test("A test part comes from files of its own") func testPart() throws {
    let test = try writeImages("t10k")
    let dataset = try folder.load(path: writeImages("train")) { $0.testData = test }
    #expect(dataset.trainingExamples.count == 4 && dataset.testExamples.sorted() == [4, 5, 6, 7])
  }

  @Test("A limit takes the first examples") func limit() throws {
    #expect(try folder.load(path: writeImages("train")) { $0.limit = 3 }.count == 3)
  }

  @Test("Every cut and every extension of a file is an error at its byte") func cuts() throws {
    let whole = idx([4, 3, 2], pixels)
    _ = try folder.file("cut-labels-idx1-ubyte", idx([4], [0, 1, 0, 1]))
    for count in 2..<whole.count {
      let path = try folder.file("cut-images-idx3-ubyte", whole.prefix(count))
      let error = try #require(try folder.error(path: path), "cut to \(count)")
      #expect(!error.isMissing)
    }
    let long = try folder.error(path: folder.file("cut-images-idx3-ubyte", whole + [1]))
    #expect(long?.place == .byte(whole.count))
  }

  @Test("Every cut of gzip data is an error, and so is a changed byte or a tail") func gzipDamage()
    throws
  {
    let compressed = try gzip(writeImages("good"))
    _ = try folder.file("bad-labels-idx1-ubyte", idx([4], [0, 1, 0, 1]))
    for count in 3..<compressed.count {
      let path = try folder.file("bad-images-idx3-ubyte", compressed.prefix(count))
      #expect(try folder.error(path: path)?.isMissing == false, "cut to \(count)")
    }
    var changed = compressed
    changed[changed.count - 6] ^= 0xFF
    #expect(
      try folder.error(path: folder.file("bad-images-idx3-ubyte", changed))?.isMissing == false)
    let tail = try folder.error(path: folder.file("bad-images-idx3-ubyte", compressed + [1, 2, 3]))
    #expect(tail?.place == .byte(compressed.count))
  }

  @Test("Data that inflate beyond what their header says are stopped") func bomb() throws {
    let path = try folder.file(
      "bomb-images-idx3-ubyte", idx([4, 3, 2], pixels + [UInt8](repeating: 0, count: 5_000_000)))
    let bytes = try gzip(path)
    let error = try folder.error(path: folder.file("bomb2-images-idx3-ubyte", bytes))
    #expect(
      error?.description.contains("inflate to more than 40 bytes") == true,
      "\(String(describing: error))")
  }

  @Test(
    "A header that promises more than its gzip data can hold is an error before anything is made")
  func emptyPromise() throws {
    let path = try folder.file("promise-images-idx3-ubyte", idx([30_000, 200, 200], pixels))
    let bytes = try gzip(path)
    let error = try folder.error(path: folder.file("promise2-images-idx3-ubyte", bytes))
    #expect(error?.place == .byte(bytes.count), "\(String(describing: error))")
    #expect(error?.description.contains("need 1200000016 bytes") == true)
    // Labels are compared with the images before they are inflated.
    _ = try folder.file("few-images-idx3-ubyte", idx([4, 3, 2], pixels))
    let labels = try folder.file(
      "many-labels-idx1-ubyte", idx([4_000_000], [UInt8](repeating: 0, count: 4_000_000)))
    let compressed = try folder.file("few-labels-idx1-ubyte.gz", gzip(labels))
    let mismatch = try folder.error(path: folder.path("few-images-idx3-ubyte")) {
      $0.labels = compressed
    }
    #expect(mismatch?.place == .byte(4) && mismatch?.path == compressed)
  }

  @Test("A table may inflate to 32 times its size or 16 MiB, and ends at its first NUL byte")
  func tableBombs() throws {
    let line = Array("1,1,a\n".utf8)
    let text = Array(repeatElement(line, count: 3_000_000).joined())
    let bytes = try gzip(folder.file("bomb.csv", text))
    let error = try folder.error(path: folder.file("bomb.csv.gz", bytes))
    #expect(
      error?.description.contains("inflate to more than \(16 << 20) bytes") == true,
      "\(String(describing: error))")
    guard case .byte(let position) = error?.place else {
      Issue.record("no byte in \(String(describing: error))")
      return
    }
    #expect((1..<bytes.count).contains(position))
    let zeros = try gzip(
      folder.file("zeros.csv", line + [UInt8](repeating: 0, count: 20_000_000)))
    #expect(
      try folder.error(path: folder.file("zeros.csv.gz", zeros))?.place == .byte(line.count))
  }

  @Test("Labels that are missing, of another number or of one class are errors") func labels()
    throws
  {
    let lonely = try folder.file("lonely-images-idx3-ubyte", idx([4, 3, 2], pixels))
    #expect(try folder.error(path: lonely)?.isMissing == true)
    let images = try writeImages("pair", labels: [1, 1, 1, 1])
    #expect(try folder.error(path: images)?.description.contains("two classes") == true)
    _ = try folder.file("pair-labels-idx1-ubyte", idx([3], [0, 1, 0]))
    let error = try folder.error(path: images)
    #expect(error?.description.contains("3 labels") == true && error?.place == .byte(4))
  }

  /// An array of any type; each value is the most significant byte first.
  private func idx(_ type: UInt8, _ shape: [Int], _ values: [[UInt8]]) -> [UInt8] {
    var bytes = idx(shape, values.flatMap { $0 })
    bytes[2] = type
    return bytes
  }

  private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  @Test(
    "Every type of values is read",
    arguments: [
      (9, -1.0), (11, -300), (12, 70_000), (13, 0.25), (14, -1e30),
    ] as [(UInt8, Double)])
  func types(type: UInt8, value: Double) throws {
    func bytes(_ value: Double) -> [UInt8] {
      switch type {
      case 9: bigEndian(Int8(value))
      case 11: bigEndian(Int16(value))
      case 12: bigEndian(Int32(value))
      case 13: bigEndian(Float(value).bitPattern)
      default: bigEndian(value.bitPattern)
      }
    }
    _ = try folder.file("typed-labels-idx1-ubyte", idx([4], [0, 1, 0, 1]))
    let values = [value, 1, 2, 3, 4, 5, 6, 7]
    let path = try folder.file(
      "typed-images-idx3-ubyte", idx(type, [4, 1, 2], values.map(bytes)))
    let dataset = try folder.load(path: path)
    #expect(dataset.values == .numbers(values.map { Float($0) }))
    // Whole numbers of a pixel's range are pixels.
    let pixels = try folder.file(
      "typed-images-idx3-ubyte", idx(type, [4, 1, 2], (0..<8).map { bytes(Double($0)) }))
    let isWhole = type < 13
    #expect(
      try folder.load(path: pixels).values
        == (isWhole ? .bytes(Array(0..<8)) : .numbers((0..<8).map { Float($0) })))
    if !isWhole {
      let infinite = type == 13 ? bigEndian(Float.infinity.bitPattern) : bytes(.infinity)
      let error = try folder.error(
        path: folder.file(
          "typed-images-idx3-ubyte",
          idx(type, [4, 1, 2], (0..<8).map { $0 == 5 ? infinite : bytes(0) })))
      #expect(error?.place == .byte(16 + 5 * bytes(0).count))
    }
  }

  @Test("Labels of several columns are read by the first, as QMNIST has them") func wideLabels()
    throws
  {
    let rows = [0, 1, 0, 1].flatMap { [$0, 77_777, 3] }
    _ = try folder.file(
      "q-labels-idx2-int", idx(12, [4, 3], rows.map { bigEndian(Int32($0)) }))
    let path = try folder.file("q-images-idx3-ubyte", idx([4, 3, 2], pixels))
    let dataset = try folder.load(path: path)
    #expect(dataset.targets == .classes([0, 1, 0, 1]))
    #expect(dataset.notes.contains { $0.contains("first of 3 numbers") })
    _ = try folder.file(
      "q-labels-idx2-int", idx(12, [4, 1], [0, 1, -1, 0].map { bigEndian(Int32($0)) }))
    #expect(
      try folder.error(path: path)?.problem
        == .array(.wrongLabel(-1, example: 3, most: 4095)))
  }

  @Test("Labels that start at 1 have no empty class, as EMNIST's letters") func laterLabels()
    throws
  {
    let dataset = try folder.load(path: writeImages("letters", labels: [1, 3, 2, 1]))
    #expect(dataset.classNames == ["1", "2", "3"])
    #expect(dataset.targets == .classes([0, 2, 1, 0]))
    #expect(dataset.notes.contains { $0.contains("start at 1") })
  }

  @Test("Other types, no dimensions and huge ones are errors") func headers() throws {
    for (bytes, place) in [
      ([0, 0, 10, 3] + [UInt8](repeating: 0, count: 12), DatasetFileError.Place.byte(2)),
      ([0, 0, 8, 0], .byte(3)), ([0, 0, 8, 9] + [UInt8](repeating: 1, count: 40), .byte(3)),
      ([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), .byte(4)),
      ([0, 0, 8, 3] + [UInt8](repeating: 0, count: 12), .byte(4)),
    ] {
      let error = try folder.error(path: folder.file("odd-images-idx3-ubyte", bytes))
      #expect(error?.place == place, "\(String(describing: error))")
    }
  }
}
