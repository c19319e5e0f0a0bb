package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// writeFile replaces a file by another one in a single step: it is written beside the old
// file and takes its place when it is complete, so that a full disk leaves the old file.
// A path that is no regular file, such as /dev/stdout, is written to directly.
func writeFile(path string, data []byte) (err error) {
	mode := os.FileMode(0o644)
	switch old, err := os.Stat(path); {
	case err != nil: // there is none
	case !old.Mode().IsRegular():
		return os.WriteFile(path, data, mode)
	default:
		mode = old.Mode().Perm()
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	return replaceFile(path, mode, func(file *os.File) error {
		_, err := file.Write(data)
		return err
	})
}

// replaceFile puts a file that fill writes in place of another one, if all of it could be
// written.
func replaceFile(path string, mode os.FileMode, fill func(*os.File) error) error {
	part := fmt.Sprintf("%s.%d.part", path, os.Getpid())
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}

// checkFiles refuses flags that name one file twice: the page would take the place of the
// purchases.
func (o *options) checkFiles() error {
	files := [...]struct{ flag, path string }{{"csv", o.csv}, {"html", o.html}, {"svg", o.svg}}
	for i, a := range files {
		for _, b := range files[i+1:] {
			if a.path != "" && b.path != "" && sameFile(a.path, b.path) {
				return fmt.Errorf("-%s %s is the file of -%s; it would be overwritten", b.flag, b.path, a.flag)
			}
		}
	}
	return nil
}

// sameFile reports whether two paths lead to one file, which need not be there yet.
func sameFile(a, b string) bool {
	one, errOne := os.Stat(a)
	other, errOther := os.Stat(b)
	if errOne == nil && errOther == nil {
		return os.SameFile(one, other)
	}
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}
