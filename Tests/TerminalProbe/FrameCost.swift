import CLibrary
import NcursesTerminal
import TerminalCells

/// Measures the share of a core that frames take at 30 per second.
///
/// It is no test, since it depends on the machine.
struct FrameCost {
  let terminal: NcursesTerminal
  let report: Report

  /// Reports the cost of frames in which a part of the cells changes.
  func measure() {
    for percent in [0, 5, 20, 100] {
      report.write("cost \(percent) % of the cells: \(cost(percent: percent))")
    }
  }

  private func cost(percent: Int) -> String {
    let (width, height) = terminal.size
    var buffer = CellBuffer(width: width, height: height)
    terminal.present(buffer)
    let frames = 90
    var state: UInt32 = 7
    var inPresent = 0.0
    let start = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    for frame in 0..<frames {
      for _ in 0..<(percent == 100 ? 0 : width * height * percent / 100) {
        state = state &* 1_664_525 &+ 1_013_904_223
        let place = Int(state >> 8) % (width * height)
        let (x, y) = (place % width, place / width)
        let level = Int(state >> 16) % Role.heatLevels
        buffer[x, y] = Cell(frame % 2 == 0 ? "x" : "o", Style(.heat(hue: frame + x, level: level)))
      }
      if percent == 100 { fillAll(&buffer, frame: frame) }
      let before = Self.seconds(CLOCK_THREAD_CPUTIME_ID)
      terminal.present(buffer)
      inPresent += Self.seconds(CLOCK_THREAD_CPUTIME_ID) - before
      usleep(33_333)
    }
    let total = Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - start
    let each = inPresent / Double(frames) * 1000
    return NumberText.fixed(each, decimals: 2) + " ms each in present, "
      + NumberText.percent(inPresent / Double(frames) * 30, decimals: 1) + " of a core at 30/s, "
      + NumberText.fixed(total, decimals: 2) + " s in all"
  }

  private func fillAll(_ buffer: inout CellBuffer, frame: Int) {
    for y in 0..<buffer.height {
      for x in 0..<buffer.width {
        let place = x / 3 + y + frame
        buffer[x, y] = Cell(
          frame % 2 == 0 ? "x" : "o",
          Style(.heat(hue: place / 12, level: place % Role.heatLevels)))
      }
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
