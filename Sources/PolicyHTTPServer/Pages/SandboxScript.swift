#if Server
  /// What the sandbox does, in JavaScript: texts of others are only ever set as text.
  enum SandboxScript {
    static let text = #"""

      "use strict";
      const at = id => document.getElementById(id);
      const examples = {
        "Encrypted buckets": [
          "name: encrypted-buckets\nresource_type: AWS::S3::Bucket\nseverity: high\nrules:\n" +
          "- condition: resource.encrypted != true\n  action: deny\n  message: \"{{resource.id}} is not encrypted\"\n",
          "{\n  \"type\": \"AWS::S3::Bucket\",\n  \"id\": \"logs\",\n  \"encrypted\": false\n}\n"],
        "A misspelt function": [
          "name: names\nrules:\n- condition: resource.name.startWith('prod-')\n  action: audit\n  message: production\n",
          "{\n  \"name\": \"prod-db\"\n}\n"],
        "Several rules": [
          "name: network\ndefault_action: deny\nrules:\n- condition: resource.ports.all(p, p >= 1024)\n  action: allow\n" +
          "- condition: resource.ports.exists(p, p == 22)\n  action: warn\n  message: SSH is open\n",
          "{\n  \"ports\": [8080, 22]\n}\n"]
      };
      const encoder = new TextEncoder(), decoder = new TextDecoder();
      let timer = 0, pending = null;

      function item(list, kind) {
        const element = document.createElement("li");
        element.className = kind;
        list.append(element);
        return element;
      }

      function add(parent, tag, text) {
        const element = document.createElement(tag);
        element.textContent = text;
        parent.append(element);
        return element;
      }

      // Diagnostics count bytes, and texts here count UTF-16.
      function index(text, offset) {
        return decoder.decode(encoder.encode(text).subarray(0, offset)).length;
      }

      function applied(text, edits) {
        let result = text;
        for (const edit of [...edits].sort((a, b) => b.range.start.offset - a.range.start.offset)) {
          const start = index(text, edit.range.start.offset), end = index(text, edit.range.end.offset);
          result = result.slice(0, start) + edit.text + result.slice(end);
        }
        return result;
      }

      async function ask(path, type, body, signal) {
        const reply = await fetch(path, {
          method: "POST", signal, body,
          headers: { "Content-Type": type, "Authorization": "Bearer " + at("key").value.trim() }
        });
        const answer = await reply.json();
        if (!reply.ok) throw Object.assign(new Error(answer.message), { answer });
        return answer;
      }

      function show(diagnostics) {
        const list = at("diagnostics"), text = at("policy").value;
        list.replaceChildren();
        for (const one of diagnostics) {
          const element = item(list, one.severity), start = one.range.start;
          add(element, "strong", one.severity + " ");
          add(element, "span", one.message + " ");
          const place = add(element, "button", "line " + start.line + ", column " + start.column);
          place.type = "button";
          place.addEventListener("click", () => {
            at("policy").focus();
            at("policy").setSelectionRange(index(text, start.offset), index(text, one.range.end.offset));
          });
          for (const fix of one.fixes) {
            const button = add(element, "button", fix.title);
            button.type = "button";
            button.className = "fix";
            button.addEventListener("click", () => {
              at("policy").value = applied(text, fix.edits);
              at("policy").focus();
              update();
            });
          }
          const link = add(element, "a", one.code);
          link.href = "/docs/diagnostics/" + encodeURIComponent(one.code);
        }
      }

      function clear() {
        for (const id of ["rules", "values"]) at(id).replaceChildren();
        at("decision").textContent = "";
        at("decision").className = "";
      }

      function decide(answer) {
        clear();
        at("decision").textContent = answer.decision;
        at("decision").className = "decision " + answer.decision;
        for (const rule of answer.rules) {
          const element = item(at("rules"), rule.outcome === "error" ? "error" : "");
          add(element, "span", (rule.id ?? "rules[" + rule.index + "]") + ": " + rule.action + ", " + rule.outcome);
          if (rule.message) add(element, "div", rule.message);
          if (rule.error) add(element, "div", rule.error);
        }
        for (const trace of answer.trace ?? []) {
          for (const value of trace.values) {
            const row = add(at("values"), "tr", "");
            add(add(row, "td", ""), "code", value.expression);
            add(add(row, "td", ""), "code", value.error ?? value.excerpt ?? JSON.stringify(value.value));
          }
        }
      }

      async function update() {
        pending?.abort();
        const own = pending = new AbortController();
        if (!at("key").value.trim()) {
          at("verdict").textContent = "Enter an API key with the scope policies:read.";
          return;
        }
        try {
          const text = at("policy").value;
          const type = /^\s*[\[{]/.test(text) ? "application/json" : "application/yaml";
          const report = await ask("/api/v1/policies/validate", type, text, own.signal);
          show(report.diagnostics);
          at("verdict").textContent = report.valid ? "valid" : "not valid: " + report.status;
          at("verdict").className = report.valid ? "fine" : "deny";
          if (!report.valid) return clear();
          let resource;
          try { resource = JSON.parse(at("resource").value); } catch (error) {
            clear();
            at("decision").textContent = "The resource is no JSON: " + error.message;
            return;
          }
          decide(await ask("/api/v1/sandbox/evaluate", "application/json", JSON.stringify({ policy: text, resource }), own.signal));
        } catch (error) {
          if (error.name === "AbortError") return;
          clear();
          at("verdict").textContent = error.message;
          at("verdict").className = "deny";
        }
      }

      function later() {
        clearTimeout(timer);
        timer = setTimeout(update, 250);
      }

      function choose(name) {
        [at("policy").value, at("resource").value] = examples[name];
        update();
      }

      // Fragments are not sent to any server.
      function packed(value) {
        const bytes = encoder.encode(JSON.stringify(value));
        return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_");
      }

      function unpacked(text) {
        try {
          const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
          const value = JSON.parse(decoder.decode(Uint8Array.from(bytes, one => one.charCodeAt(0))));
          return typeof value.policy === "string" && typeof value.resource === "string" ? value : null;
        } catch { return null; }
      }

      at("key").value = sessionStorage.getItem("policycortex-key") ?? "";
      at("key").addEventListener("input", () => {
        sessionStorage.setItem("policycortex-key", at("key").value);
        later();
      });
      for (const name of Object.keys(examples)) add(at("example"), "option", name);
      at("example").addEventListener("change", () => choose(at("example").value));
      for (const id of ["policy", "resource"]) at(id).addEventListener("input", later);
      at("share").addEventListener("click", () => {
        history.replaceState(null, "", "#" + packed({ policy: at("policy").value, resource: at("resource").value }));
        at("shared").textContent = "The address of this page now holds both texts.";
      });
      const shared = unpacked(location.hash.slice(1));
      if (shared) {
        at("policy").value = shared.policy;
        at("resource").value = shared.resource;
        update();
      } else {
        choose(Object.keys(examples)[0]);
      }

      """#
  }
#endif
