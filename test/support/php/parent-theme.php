<?php

declare(strict_types=1);

require_once '/usr/share/php/smarty4/Smarty.class.php';

/** Templates of the parent theme, as PrestaShop names them: `parent:contact.tpl`. */
final class ParentTheme extends Smarty_Resource_Custom
{
    public function __construct(private readonly string $folder)
    {
    }

    protected function fetch($name, &$source, &$mtime): void
    {
        $source = file_get_contents($this->folder . $name);
        $mtime = filemtime($this->folder . $name);
    }
}
