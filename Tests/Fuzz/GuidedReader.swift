#if GUIDED
  import CLibrary
  import FuzzTargets
  import Fuzzing

  /// The target that libFuzzer guides: the one that the environment names.
  enum GuidedReader {
    static let variable = "DROPSCOPE_FUZZ_TARGET"

    nonisolated(unsafe) static let reader: FuzzReader = {
      do {
        let name = getenv(variable).map { String(cString: $0) } ?? ""
        return try FuzzTarget.named(name).prepare(try FuzzRoom.make())
      } catch {
        print("fuzz: \(error)")
        exit(64)
      }
    }()
  }

  /// Reads an input that libFuzzer made out of others, because they reached new code.
  ///
  /// A broken promise ends the process, as a trap does.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func readGuidedInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
      if case .refused(let line) = try GuidedReader.reader.read(input) {
        try RefusalLine.check(line)
      }
    } catch {
      print("fuzz: a promise is broken: \(error)")
      abort()
    }
    return 0
  }
#endif
