import Charts
import DropoutEngine
import TerminalCells

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A picture of a screen, written to this folder under a name that no file has.
enum PictureFile {
  /// Writes it and says where, or why not; `stem` is the name of the file without its end.
  static func write(_ screen: CellBuffer, theme: Theme, title: String, stem: String) -> String {
    let svg = ScreenPicture.svg(of: screen, theme: theme, title: title)
    do throws(FreshFiles.Failure) {
      return try "written: "
        + FreshFiles.write([("svg", Array(svg.utf8))], stem: stem, to: ".").joined()
    } catch {
      return error.description
    }
  }
}

/// Files that belong together, under names that no file has.
enum FreshFiles {
  /// The reason why one of them was not written.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Writes files with one stem and different ends to a folder that exists.
  ///
  /// - Returns: the names of the files.
  /// - Throws: ``Failure`` with the first file that cannot be written; none that is there is
  ///   replaced.
  static func write(
    _ files: [(end: String, bytes: [UInt8])], stem: String, to folder: String
  ) throws(Failure) -> [String] {
    let stem = stem.replacing("/", with: "-")
    for number in 0..<1000 {
      let names = files.map { number == 0 ? "\(stem).\($0.end)" : "\(stem)-\(number).\($0.end)" }
      let paths = names.map { folder == "." ? $0 : "\(folder)/\($0)" }
      // Files that belong together have one number.
      if paths.contains(where: ThisProcess.hasFile) { continue }
      for (path, file) in zip(paths, files) {
        do {
          try Data(file.bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
          throw Failure(
            description: "\(ForeignText.path(path)): cannot be written: \(error.fileFailure)")
        }
      }
      return names
    }
    throw Failure(
      description: "\(stem): there are a thousand of them already; nothing was written")
  }
}
