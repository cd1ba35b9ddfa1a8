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
    let stem = stem.replacing("/", with: "-")
    for number in 0..<1000 {
      let path = number == 0 ? "\(stem).svg" : "\(stem)-\(number).svg"
      do {
        try Data(svg.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        return "written: \(path)"
      } catch let error as CocoaError where error.code == .fileWriteFileExists {
        continue
      } catch {
        return "\(path): cannot be written: \(error.fileFailure)"
      }
    }
    return "\(stem).svg: there are a thousand of them already; nothing was written"
  }
}
