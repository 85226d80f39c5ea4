-- What Verso puts around things is nothing to a reader of Markdown; what is referred to keeps an anchor.

local function unwrapped(element, raw)
  local content = element.content
  if element.identifier ~= "" then
    content:insert(1, raw("html", '<a id="' .. element.identifier:gsub('"', "&quot;") .. '"></a>'))
  end
  return content
end

function Div(div)
  return unwrapped(div, pandoc.RawBlock)
end

function Span(span)
  return unwrapped(span, pandoc.RawInline)
end

-- Widths are of the page that it was drawn for.
function Image(image)
  image.attributes = {}
  image.classes = {}
  return image
end

-- "text" only kept pandoc from taking it for something else.
function CodeBlock(block)
  block.classes = block.classes:filter(function(class) return class ~= "cell-code" and class ~= "text" end)
  block.attributes = {}
  block.identifier = ""
  return block
end
