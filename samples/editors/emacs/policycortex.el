;;; policycortex.el --- PolicyCortex in Emacs, with eglot  -*- lexical-binding: t -*-

;; Emacs 28 with the package eglot, and newer.  In your init file: (load "…/policycortex.el")
;;
;; The server is started for JSON and YAML files at or below a directory that has a .policycortex.yaml; an empty one will do.

(require 'eglot)
(require 'project)

(defvar policycortex-command '("policycortex" "lsp")
  "How the language server is started.")

;; Emacs 28 has no mode for JSON alone, and none for YAML: that is the package yaml-mode.
(unless (or (fboundp 'js-json-mode) (fboundp 'json-mode))
  (define-derived-mode policycortex-json-mode js-mode "JSON")
  (put 'policycortex-json-mode 'eglot-language-id "json")
  (add-to-list 'auto-mode-alist '("\\.json\\'" . policycortex-json-mode)))

(defvar policycortex-modes
  '(yaml-mode yaml-ts-mode json-mode js-json-mode json-ts-mode policycortex-json-mode))

(add-to-list 'eglot-server-programs
             (cons policycortex-modes (lambda (&rest _) policycortex-command)))

(defun policycortex-root (directory)
  "The outermost directory around DIRECTORY that has a configuration."
  (let (root)
    (while (setq directory (locate-dominating-file directory ".policycortex.yaml"))
      (setq root directory
            directory (file-name-directory (directory-file-name directory)))
      (when (string= directory root) (setq directory "/")))
    root))

(defun policycortex-project (directory)
  "The project of DIRECTORY where no version control knows one."
  (let ((root (policycortex-root directory)))
    (when root (cons 'transient root))))

(add-hook 'project-find-functions #'policycortex-project t)

(defun policycortex-ensure ()
  "Start the server if the file can be a policy."
  (when (and buffer-file-name (policycortex-root default-directory))
    (eglot-ensure)))

(dolist (mode policycortex-modes)
  (add-hook (intern (format "%s-hook" mode)) #'policycortex-ensure))

(provide 'policycortex)
;;; policycortex.el ends here
