;;; emacs.el --- run by emacs.py: opens files, and compares with what is expected  -*- lexical-binding: t -*-

;; PLAN names a JSON file, as for Neovim; places are counted in characters from 1, as Emacs does.

(require 'json)
(require 'cl-lib)

(defvar passed 0)
(defvar failed 0)
(defvar patience 10.0)

(defun report (name problem)
  (if (not problem)
      (cl-incf passed)
    (cl-incf failed)
    (princ (format "not ok %s: %s\n" name problem))))

(defun wait-for (condition)
  "Wait until CONDITION gives a value, and return it."
  (let ((end (+ (float-time) patience)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.005))
    value))

(defun open-policy (path)
  (find-file path)
  ;; There are no commands in batch mode after which the server would be started.
  (run-hooks 'post-command-hook)
  (flymake-start))

(defun found ()
  (sort
   (mapcar (lambda (item)
             (let ((data (alist-get 'eglot-lsp-diag (flymake-diagnostic-data item))))
               (list (plist-get data :code) (flymake-diagnostic-beg item) (flymake-diagnostic-end item))))
           (flymake-diagnostics))
   (lambda (left right) (string< (format "%s" left) (format "%s" right)))))

(defun matches (found expected)
  "Whether each of FOUND is one of EXPECTED; Emacs has no empty ranges, and shows something beside them."
  (and (= (length found) (length expected))
       (cl-every (lambda (item)
                   (cl-find-if (lambda (other)
                                 (and (equal (nth 0 item) (nth 0 other))
                                      (or (equal (cdr item) (cdr other)) (= (nth 1 other) (nth 2 other)))))
                               expected))
                 found)))

(defun check-diagnostics (file)
  (open-policy (alist-get 'path file))
  (let ((expected (alist-get 'expected file)))
    (wait-for (lambda () (= (length (flymake-diagnostics)) (length expected))))
    (unless (matches (found) expected) (format "got %S, not %S" (found) expected))))

(defun bytes-of-buffer ()
  "The text of the buffer as it would be written."
  (let ((text (buffer-string)))
    (if (eq (coding-system-eol-type buffer-file-coding-system) 1) (replace-regexp-in-string "\n" "\r\n" text) text)))

(defun perform (step)
  (pcase (alist-get 'action step)
    ("fix"
     (let* ((title (alist-get 'title step))
            (actions (append (eglot-code-actions (point) (1+ (point))) nil))
            (action (cl-find title actions :key (lambda (each) (plist-get each :title)) :test #'equal)))
       (if action
           (progn (eglot--apply-workspace-edit (plist-get action :edit)) nil)
         (format "no `%s` in %S" title (mapcar (lambda (each) (plist-get each :title)) actions)))))
    ("rename" (eglot-rename (alist-get 'name step)) nil)
    ("format" (eglot-format-buffer) nil)
    ("complete"
     (forward-char (length (alist-get 'at step)))
     (let* ((capf (eglot-completion-at-point))
            (labels (mapcar #'substring-no-properties
                            (all-completions (buffer-substring (nth 0 capf) (point)) (nth 2 capf)))))
       (unless (equal (mapcar #'string-trim labels) (alist-get 'labels step))
         (format "got %S, not %S" labels (alist-get 'labels step)))))))

(defun check-edit (step)
  (open-policy (alist-get 'path step))
  (wait-for (lambda () (= (length (flymake-diagnostics)) (alist-get 'before step))))
  (goto-char (point-min))
  (when (alist-get 'at step)
    (let ((case-fold-search nil)) (search-forward (alist-get 'at step)))
    (goto-char (match-beginning 0)))
  (or (perform step)
      (let ((text (bytes-of-buffer)))
        (unless (equal text (alist-get 'expected step))
          (format "got\n%s\nnot\n%s" text (alist-get 'expected step))))
      (when (alist-get 'after step)
        ;; What waits for an idle moment, which batch mode does not have.
        (eglot--signal-textDocument/didChange)
        (flymake-start)
        (unless (wait-for (lambda () (= (length (flymake-diagnostics)) (alist-get 'after step))))
          (format "%d diagnostics afterwards, not %d" (length (flymake-diagnostics)) (alist-get 'after step))))))

(let* ((json-array-type 'list)
       (plan (json-read-file (getenv "PLAN")))
       (eglot-confirm-server-initiated-edits nil)
       (eglot-events-buffer-size 0)
       (inhibit-message t))
  (dolist (file (alist-get 'diagnostics plan))
    (report (format "diagnostics of %s" (alist-get 'name file))
            (condition-case problem (check-diagnostics file) (error (format "%S" problem)))))
  (dolist (step (alist-get 'edits plan))
    (report (alist-get 'step step) (condition-case problem (check-edit step) (error (format "%S" problem)))))
  (find-file (alist-get 'unmarked plan))
  (run-hooks 'post-command-hook)
  (report "no server without a configuration" (and (eglot-managed-p) "one was started"))
  (princ (format "%d passed, %d failed\n" passed failed))
  (dolist (buffer (buffer-list)) (with-current-buffer buffer (set-buffer-modified-p nil)))
  (kill-emacs (if (= failed 0) 0 1)))
