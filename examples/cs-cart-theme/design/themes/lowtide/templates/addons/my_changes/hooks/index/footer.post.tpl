<script type="module" src="{$config.current_path}/js/addons/my_changes/support/embed.js"></script>
