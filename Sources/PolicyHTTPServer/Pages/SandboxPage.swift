#if Server
  /// The sandbox: a policy and a resource, and what comes of them while one types.
  ///
  /// The page itself needs no key. What it asks does; the key is typed in, and stays in the tab's session.
  enum SandboxPage {
    static let answer = WebPage(title: "Sandbox", content: content, script: SandboxScript.text).answer

    private static let content = """
      <div class="row">
      <div><label for="key">API key</label>
      <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="pc_api_key_…"></div>
      <div><label for="example">Example</label><select id="example"></select></div>
      <div><button id="share" type="button">Link to this</button> <span id="shared" role="status"></span></div>
      </div>
      <div class="columns">
      <section aria-label="Policy">
      <label for="policy">Policy, JSON or YAML</label>
      <textarea id="policy" spellcheck="false" autocapitalize="off" aria-describedby="verdict"></textarea>
      <p id="verdict" role="status"></p>
      <ul id="diagnostics" class="list" aria-label="Diagnostics"></ul>
      </section>
      <section aria-label="Resource and decision">
      <label for="resource">Resource, JSON</label>
      <textarea id="resource" spellcheck="false" autocapitalize="off" aria-describedby="decision"></textarea>
      <p id="decision" role="status"></p>
      <ul id="rules" class="list" aria-label="Rules"></ul>
      <table aria-label="Values of the conditions' parts"><tbody id="values"></tbody></table>
      </section>
      </div>
      <noscript><p>This page needs JavaScript.</p></noscript>
      """
  }
#endif
