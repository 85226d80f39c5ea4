-- What cells print has no syntax. Left to itself, pandoc looks for it among all syntaxes that it knows, which takes
-- longer than the rest of a document.

local is_html = FORMAT:match("^html") or FORMAT == "revealjs"

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

function CodeBlock(block)
  if block.classes[1] ~= "text" or block.identifier ~= "" or #block.attributes > 0 then
    return nil
  elseif is_html then
    local classes = escaped(table.concat(block.classes, " "))
    return pandoc.RawBlock("html", '<pre class="' .. classes .. '"><code>' .. escaped(block.text) .. "</code></pre>")
  end
  block.classes = {}
  return block
end
