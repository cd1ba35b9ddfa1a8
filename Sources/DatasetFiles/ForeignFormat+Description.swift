extension ForeignFormat: CustomStringConvertible {
  /// The kind of file, and how to make a table of it.
  public var description: String {
    switch self {
    case .utf16:
      "is text in UTF-16; save it as \"CSV UTF-8\", or convert it: "
        + "iconv -f UTF-16 -t UTF-8 FILE > NEW.csv"
    case .unmarkedUTF16(let encoding):
      "is text in UTF-16; save it as \"CSV UTF-8\", or convert it: "
        + "iconv -f \(encoding) -t UTF-8 FILE > NEW.csv"
    case .utf32: "is text in UTF-32; convert it: iconv -f UTF-32 -t UTF-8 FILE > NEW.csv"
    case .numpyArchive:
      "is an archive of NumPy arrays; save those of as many rows as one table, the last one is the "
        + "target: import numpy; z = numpy.load(\"FILE\"); "
        + "numpy.savetxt(\"NEW.csv\", numpy.column_stack("
        + "[z[n].reshape(len(z[n]), -1) for n in z.files]), delimiter=\",\", fmt=\"%s\")"
    case .matlab:
      "is a file of MATLAB; save a table there with writetable, or in Python: "
        + "import numpy, scipy.io; "
        + "numpy.savetxt(\"NEW.csv\", scipy.io.loadmat(\"FILE\")[\"NAME\"], delimiter=\",\")"
    case .tar: "is a tar archive; unpack it (tar -xf FILE) and name the file in it"
    case .numpy:
      "is a NumPy array; save it as text, a row for each element of its first dimension: "
        + "import numpy; a = numpy.load(\"FILE\"); "
        + "numpy.savetxt(\"NEW.csv\", a.reshape(len(a), -1), delimiter=\",\", fmt=\"%s\"); "
        + "an array of objects needs numpy.load(\"FILE\", allow_pickle=True), which runs code of "
        + "the file: only for files that you trust"
    case .workbook: "is a spreadsheet's workbook; save the sheet as \"CSV UTF-8\""
    case .zip: "is a zip archive; unpack it and name the file in it"
    case .compressed(let name): "is compressed with \(name); unpack it, or compress it with gzip"
    case .matlabHDF5:
      "is a file of MATLAB; save a table there with writetable, or in Python: "
        + "import h5py, numpy; "
        + "numpy.savetxt(\"NEW.csv\", h5py.File(\"FILE\")[\"NAME\"][()].T, delimiter=\",\")"
    case .hdf5:
      "is an HDF5 file; save its arrays of as many rows as one table, the last one by name is the "
        + "target: import h5py, numpy; f = h5py.File(\"FILE\"); "
        + "numpy.savetxt(\"NEW.csv\", numpy.column_stack("
        + "[f[n][()].reshape(len(f[n]), -1) for n in f]), delimiter=\",\", fmt=\"%s\"); "
        + "one that pandas wrote: pandas.read_hdf(\"FILE\").to_csv(\"NEW.csv\", index=False)"
    case .sqlite:
      "is a SQLite database; save a table of it: "
        + "sqlite3 -csv -header FILE \"select * from NAME\" > NEW.csv"
    case .rObjects:
      "holds objects of R; save a table there: write.csv(NAME, \"NEW.csv\", row.names = FALSE)"
    case .archive(let name, let unpacking):
      "is an archive of \(name); unpack it (\(unpacking)) and name the file in it"
    case .columns(let name):
      "is \(name); read it with pandas and save it with to_csv(\"NEW.csv\", index=False)"
    case .pickle: "is a pickled Python object; save its table with to_csv(\"NEW.csv\", index=False)"
    case .webPage: "is a web page, not the file behind it; fetch the file's own address (\"raw\")"
    case .largeFilePointer:
      "is only the pointer of a file kept by git-lfs; fetch the file: git lfs pull"
    case .json:
      "is JSON; read it with pandas and save it with to_csv(\"NEW.csv\", index=False)"
    case .attributeRelation:
      "is an ARFF file of Weka; read it with scipy.io.arff.loadarff, make it a pandas.DataFrame "
        + "and save it with to_csv(\"NEW.csv\", index=False)"
    case .document(let name): "is \(name); a .csv file or an IDX file is needed"
    }
  }
}
