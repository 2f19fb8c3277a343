// An independent reader of the log, with golang.org/x/mod/sumdb/note and tlog. It reads cases as JSON, one a line, and says for each
// "ok", or the check that does not hold and why: key, signature, signers, head, root, inclusion or consistency.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type reading struct {
	Keys        []string `json:"keys"`
	Witnesses   []string `json:"witnesses"`
	Checkpoint  string   `json:"checkpoint"`
	Entries     [][]byte `json:"entries"`
	Index       int64    `json:"index"`
	Inclusion   [][]byte `json:"inclusion"`
	From        int64    `json:"from"`
	FromRoot    []byte   `json:"fromRoot"`
	Consistency [][]byte `json:"consistency"`
}

// cosigner verifies cosignature/v1 (c2sp.org/tlog-cosignature), which sumdb/note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, msg)), sig[8:])
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("malformed cosigner key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, fmt.Errorf("malformed cosigner key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("a cosigner key without the id it claims")
	}
	return cosigner{parts[0], hash, raw[1:]}, nil
}

func hashes(list [][]byte) []tlog.Hash {
	made := make([]tlog.Hash, len(list))
	for i, bytes := range list {
		copy(made[i][:], bytes)
	}
	return made
}

func read(r reading) error {
	var verifiers []note.Verifier
	for _, key := range r.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return fmt.Errorf("key: %w", err)
		}
		verifiers = append(verifiers, verifier)
	}
	for _, key := range r.Witnesses {
		verifier, err := newCosigner(key)
		if err != nil {
			return fmt.Errorf("key: %w", err)
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open([]byte(r.Checkpoint), note.VerifierList(verifiers...))
	if err != nil {
		return fmt.Errorf("signature: %w", err)
	}
	if len(opened.Sigs) != len(verifiers) {
		return fmt.Errorf("signers: %d of %d signed", len(opened.Sigs), len(verifiers))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifiers[0].Name() {
		return fmt.Errorf("head: not a checkpoint of %s", verifiers[0].Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size != int64(len(r.Entries)) {
		return fmt.Errorf("head: %s entries are signed, %d are there", lines[1], len(r.Entries))
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return fmt.Errorf("head: %w", err)
	}

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	for i, entry := range r.Entries {
		more, err := tlog.StoredHashes(int64(i), entry, reader)
		if err != nil {
			return err
		}
		stored = append(stored, more...)
	}
	computed, err := tlog.TreeHash(size, reader)
	if err != nil {
		return err
	}
	if computed != root {
		return fmt.Errorf("root: the entries have another one")
	}
	if err := tlog.CheckRecord(hashes(r.Inclusion), size, root, r.Index, tlog.RecordHash(r.Entries[r.Index])); err != nil {
		return fmt.Errorf("inclusion: %w", err)
	}
	if err := tlog.CheckTree(hashes(r.Consistency), size, root, r.From, hashes([][]byte{r.FromRoot})[0]); err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	return nil
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 64<<20)
	for scanner.Scan() {
		var r reading
		err := json.Unmarshal(scanner.Bytes(), &r)
		if err == nil {
			err = read(r)
		}
		if err == nil {
			fmt.Println("ok")
		} else {
			fmt.Println(strings.ReplaceAll(err.Error(), "\n", " "))
		}
	}
}
