import CLibFuzzer
import CLibrary
import FuzzTargets
import Fuzzing
import RepeatableRandom

/// A target under libFuzzer, the toolchain's fuzzer, which keeps the inputs that reach new code.
///
/// libFuzzer has the main function, and calls the functions with C names below. The environment
/// names the target, and the folder that libFuzzer reads inputs from.
private enum GuidedFuzz {
  /// The target, ready; the folder has its samples.
  nonisolated(unsafe) static let reader: FuzzReader = {
    do {
      let (name, folder) = (try setting("TARGET"), try setting("FOLDER"))
      guard let target = FuzzTargets.named(name) else {
        throw FuzzError("there is no target '\(name)'")
      }
      let reader = try target.prepare(FuzzRoom(path: try setting("ROOM")))
      for (index, sample) in reader.samples.enumerated() {
        try FuzzRoom.write(sample, to: "\(folder)/sample-\(index)")
      }
      return reader
    } catch {
      end("\(error)", status: 2)
    }
  }()

  private static func setting(_ name: String) throws(FuzzError) -> String {
    guard let value = getenv("DROPSCOPE_FUZZ_\(name)") else {
      throw FuzzError("DROPSCOPE_FUZZ_\(name) is not set: start it with Scripts/fuzz --guided")
    }
    return String(cString: value)
  }

  /// Reads an input; a broken promise aborts, so that libFuzzer writes the input to a file.
  static func read(_ input: [UInt8]) {
    do {
      switch try reader.read(input) {
      case .accepted: break
      case .refused(let line): try RefusalLine.check(line)
      }
    } catch let fault as FuzzFault {
      say("\(FuzzFailure.fault(fault))")
      abort()
    } catch {
      say("an error that is not known: \(error)")
      abort()
    }
  }

  private static func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private static func end(_ text: String, status: Int32) -> Never {
    say(text)
    exit(status)
  }
}

@_cdecl("LLVMFuzzerInitialize")
func begin(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  _ = GuidedFuzz.reader
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
func read(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  GuidedFuzz.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// Changes an input: every other time as its format feels it, where the target has a mutator.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: CUnsignedInt
) -> Int {
  var random = Generator(seed: UInt64(seed))
  guard let mutator = GuidedFuzz.reader.mutator, random.int(below: 2) == 0 else {
    return LLVMFuzzerMutate(bytes, count, most)
  }
  var input = Array(UnsafeBufferPointer(start: bytes, count: count))
  mutator.mutate(&input, &random)
  input.removeLast(max(0, input.count - most))
  for (index, byte) in input.enumerated() { bytes[index] = byte }
  return input.count
}
