/// A kind of file that holds data, but is no table of text and no IDX file.
public enum ForeignFormat: Equatable, Sendable {
  /// Text with two bytes for each character, as spreadsheets save "Unicode text".
  case utf16
  /// Text with two bytes for each character, without the mark that says so; the name of its
  /// encoding.
  case unmarkedUTF16(String)
  /// Text with four bytes for each character.
  case utf32
  /// An array of NumPy.
  case numpy
  /// Several arrays of NumPy.
  case numpyArchive
  /// Variables of MATLAB.
  case matlab
  /// Variables of MATLAB since its version 7.3, which are HDF5.
  case matlabHDF5
  /// Arrays of HDF5.
  case hdf5
  /// Tables of SQLite.
  case sqlite
  /// Objects of R.
  case rObjects
  /// An archive of files that is not compressed.
  case tar
  /// A workbook of a spreadsheet.
  case workbook
  /// An archive.
  case zip
  /// An archive of another kind, and what unpacks it.
  case archive(String, unpacking: String)
  /// Another way of compressing.
  case compressed(String)
  /// A column store.
  case columns(String)
  /// An object of Python.
  case pickle
  /// A web page, as a link to a file often gives.
  case webPage
  /// The text that stands for a file that was not fetched.
  case largeFilePointer
  /// JSON.
  case json
  /// The format of Weka, with names of columns above the rows.
  case attributeRelation
  /// A document or a picture.
  case document(String)

  /// The format whose first bytes these are; nil for anything else.
  ///
  /// A workbook is an archive like any other, so that only the name may tell them apart.
  init?(_ bytes: ArraySlice<UInt8>, path: String) {
    func starts(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    let start = Array(bytes.prefix(16))
    if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      self = .utf16
    } else if start.starts(with: [0x93]), bytes.dropFirst().starts(with: "NUMPY".utf8) {
      self = .numpy
    } else if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      let endings = [".xlsx", ".xlsm", ".ods"]
      let isNamedWorkbook = endings.contains { path.lowercased().hasSuffix($0) }
      self =
        isNamedWorkbook || ForeignFormat.isWorkbook(bytes)
        ? .workbook : ForeignFormat.firstEntry(bytes).hasSuffix(".npy") ? .numpyArchive : .zip
    } else if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .workbook
    } else if starts("BZh") {
      self = .compressed("bzip2")
    } else if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
      self = .compressed("xz")
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .compressed("zstd")
    } else if starts("PAR1") {
      self = .columns("a Parquet file")
    } else if starts("ARROW1") || starts("FEA1") {
      self = .columns("an Arrow file")
    } else if start.starts(with: [0x89]), bytes.dropFirst().starts(with: "HDF".utf8) {
      self = .hdf5
    } else if ForeignFormat.isPickle(start) {
      self = .pickle
    } else if start.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      self = .archive("7-Zip", unpacking: "7z x FILE")
    } else if starts("Rar!\u{1A}\u{7}") {
      self = .archive("RAR", unpacking: "unrar x FILE")
    } else if starts("RDX") || starts("X\n\0\0\0") {
      self = .rObjects
    } else if starts("<stata_dta>")
      || (start.count > 3 && (0x6E...0x73).contains(start[0]) && (1...2).contains(start[1])
        && start[2...3] == [1, 0])
    {
      self = .columns("a Stata file")
    } else if starts("$FL2@(#)") {
      self = .columns("an SPSS file")
    } else if starts("version https://git-lfs") {
      self = .largeFilePointer
    } else if starts("%PDF") {
      self = .document("a PDF document")
    } else if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = .document("a PNG picture")
    } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .document("a JPEG picture")
    } else if starts("SQLite format 3") {
      self = .sqlite
    } else if starts("MATLAB 7.3") {
      self = .matlabHDF5
    } else if starts("MATLAB ") {
      self = .matlab
    } else if bytes.dropFirst(257).starts(with: "ustar".utf8) {
      self = .tar
    } else if let encoding = ForeignFormat.wideEncoding(bytes) {
      self = encoding
    } else {
      self.init(text: bytes)
    }
  }

  private init?(text bytes: ArraySlice<UInt8>) {
    let text = bytes.prefix(64).drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
    let word = String(decoding: text.prefix(15), as: UTF8.self).lowercased()
    /// An object, or a list of objects or lists; `[mm]` may be a unit.
    func isJSON(_ text: ArraySlice<UInt8>) -> Bool {
      let marks = text.filter { $0 > 32 }.prefix(2)
      return marks.elementsEqual("[{".utf8) || marks.elementsEqual("[[".utf8)
        || marks.elementsEqual("{\"".utf8)
    }
    let tags = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<script", "<!--"]
    if tags.contains(where: word.hasPrefix) {
      self = .webPage
    } else if word.hasPrefix("<?xml") {
      self = .document("an XML document")
    } else if ForeignFormat.startsRelation(bytes) {
      self = .attributeRelation
    } else if isJSON(text) {
      self = .json
    } else {
      return nil
    }
  }

  /// Whether a pickle starts so, of a protocol with a number or of one of the first two.
  private static func isPickle(_ start: [UInt8]) -> Bool {
    if start.count > 1, start[0] == 0x80, (2...5).contains(start[1]) { return true }
    let objects = ["(dp0\n", "(lp0\n", "}q\0", "]q\0", "(]q\0", "ccopy_reg\n", "ccopyreg\n"]
    return objects.contains { start.starts(with: $0.utf8) }
  }

  /// Comments that start with `%`, and then `@relation`.
  private static func startsRelation(_ bytes: ArraySlice<UInt8>) -> Bool {
    for line in bytes.prefix(1 << 16).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = CSVNumber.trimmed(line)
      guard line.first != UInt8(ascii: "%") else { continue }
      return String(decoding: line.prefix(9), as: UTF8.self).lowercased() == "@relation"
    }
    return false
  }

  /// Text of two or four bytes a character, by the zeros of its first characters.
  private static func wideEncoding(_ bytes: ArraySlice<UInt8>) -> ForeignFormat? {
    let start = Array(bytes.prefix(64))
    guard start.count >= 8 else { return nil }
    let length = start.count / 4 * 4
    /// Whether the bytes at a place of each character are all zero, or all plain text.
    func isZero(_ place: Int, of size: Int) -> Bool {
      stride(from: place, to: length, by: size).allSatisfy { start[$0] == 0 }
    }
    func isText(_ place: Int, of size: Int) -> Bool {
      stride(from: place, to: length, by: size).allSatisfy { index in
        start[index] >= 0x20 || [0x09, 0x0A, 0x0D].contains(start[index])
      }
    }
    if isText(0, of: 4), (1...3).allSatisfy({ isZero($0, of: 4) }) { return .utf32 }
    if isText(3, of: 4), (0...2).allSatisfy({ isZero($0, of: 4) }) { return .utf32 }
    if isText(0, of: 2), isZero(1, of: 2) { return .unmarkedUTF16("UTF-16LE") }
    return isText(1, of: 2) && isZero(0, of: 2) ? .unmarkedUTF16("UTF-16BE") : nil
  }

  /// The name of the first entry of a zip archive.
  private static func firstEntry(_ bytes: ArraySlice<UInt8>) -> String {
    let start = Array(bytes.prefix(256))
    guard start.count >= 30 else { return "" }
    return String(
      decoding: start[30...].prefix(Int(start[26]) + Int(start[27]) << 8), as: UTF8.self)
  }

  /// A workbook is an archive with entries of these names.
  private static func isWorkbook(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = Array(bytes.prefix(1 << 16))
    return ["[Content_Types].xml", "xl/", "mimetypeapplication/vnd.oasis"].contains { name in
      let name = Array(name.utf8)
      guard start.count >= name.count else { return false }
      return (0...start.count - name.count).contains {
        start[$0..<$0 + name.count].elementsEqual(name)
      }
    }
  }
}
